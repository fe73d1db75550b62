"""How pip builds this repository when pre-commit asks for a hook in Python: a package of nothing but the wish for the wheel of the same
version. Nothing is compiled and nothing but that wheel is fetched. A build backend of PEP 517 that needs no other package."""

import importlib.util
import pathlib

_spec = importlib.util.spec_from_file_location("make_wheel", pathlib.Path(__file__).resolve().parent / "make_wheel.py")
_make_wheel = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_make_wheel)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    version, description, homepage = _make_wheel.project()
    name = f"hoplint_hook-{version}-py3-none-any.whl"
    dist_info = f"hoplint_hook-{version}.dist-info"
    wheel = _make_wheel.Wheel(pathlib.Path(wheel_directory) / name, dist_info)
    metadata = (
        f"Metadata-Version: 2.1\nName: hoplint-hook\nVersion: {version}\nSummary: {description}\nHome-page: {homepage}\n"
        f"Requires-Dist: hoplint (=={version})\n"
    )
    wheel.add(f"{dist_info}/METADATA", metadata.encode())
    wheel.add(f"{dist_info}/WHEEL", b"Wheel-Version: 1.0\nGenerator: hoplint\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.close()
    return name


def build_sdist(sdist_directory, config_settings=None):
    raise NotImplementedError("the program is built with CMake; see README.md")
