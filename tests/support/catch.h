#pragma once
// The one door to Catch2: version 3 would be <catch2/catch_all.hpp>.

#include <catch2/catch.hpp>
