-- Starts `hoplint lsp` for buffers of manifests and gives its requests names to call them by. Everything else is the server's.
-- Neovim 0.7 and later.

local M = {}

local defaults = {
  cmd = { 'hoplint', 'lsp' },
  filetypes = { 'yaml', 'yaml.kubernetes', 'helm', 'json' },
  -- The first that is found upwards from the file; without any, the working directory if the file lies in it, else the file's folder.
  root_markers = { '.git', '.hoplint.yaml' },
  -- As in the README: select, ignore, known, complete, isolated, codeLens.
  settings = {},
  on_attach = nil,
  capabilities = nil,
}
local options = vim.deepcopy(defaults)

--- What this client can do for the server: see `handlers`.
local client_commands = { 'hoplint.showReferences', 'hoplint.showTrace', 'hoplint.suppressWithReason' }

local function lies_in(folder, path)
  return path == folder or path:sub(1, #folder + 1) == folder .. '/'
end

--- The folder that is linted as a whole. `path` is absolute.
function M.root_of(path)
  for _, marker in ipairs(options.root_markers) do
    local folder = vim.fn.fnamemodify(path, ':h')
    while true do
      local probe = (folder == '/' and '' or folder) .. '/' .. marker
      if vim.loop.fs_stat(probe) then return folder end
      local above = vim.fn.fnamemodify(folder, ':h')
      if above == folder then break end
      folder = above
    end
  end
  local here = vim.loop.cwd()
  return lies_in(here, path) and here or vim.fn.fnamemodify(path, ':h')
end

--- The configuration for vim.lsp, without the root.
function M.config()
  return {
    name = 'hoplint',
    cmd = options.cmd,
    filetypes = options.filetypes,
    root_markers = options.root_markers,
    settings = { hoplint = options.settings },
    init_options = vim.tbl_extend('force', { commands = client_commands }, options.settings),
    on_attach = options.on_attach,
    capabilities = options.capabilities or vim.lsp.protocol.make_client_capabilities(),
  }
end

local function client_for(root)
  for _, client in ipairs(M.clients()) do
    if client.config.root_dir == root then return client.id end
  end
  local config = M.config()
  config.root_dir = root
  config.workspace_folders = { { uri = vim.uri_from_fname(root), name = root } }
  return vim.lsp.start_client(config)
end

--- Starts the server for a buffer, or gives it to the one that has its folder.
function M.attach(buffer)
  buffer = (buffer == nil or buffer == 0) and vim.api.nvim_get_current_buf() or buffer
  local path = vim.api.nvim_buf_get_name(buffer)
  if vim.bo[buffer].buftype ~= '' or path == '' or path:match('^%w+://') then return end
  if vim.fn.executable(options.cmd[1]) == 0 then
    return vim.notify_once(('hoplint: `%s` cannot be run'):format(options.cmd[1]), vim.log.levels.WARN)
  end
  path = vim.fn.fnamemodify(path, ':p')
  local root = M.root_of(path)
  if vim.lsp.start then
    local config = M.config()
    config.root_dir = root
    return vim.lsp.start(config, { bufnr = buffer })
  end
  local id = client_for(root)
  if id then vim.lsp.buf_attach_client(buffer, id) end
  return id
end

--- Running servers; those of a buffer if one is named.
function M.clients(buffer)
  if vim.lsp.get_clients then return vim.lsp.get_clients({ name = 'hoplint', bufnr = buffer }) end
  local all = buffer and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_active_clients()
  return vim.tbl_filter(function(client) return client.name == 'hoplint' end, vim.tbl_values(all))
end

local function client_here()
  local client = M.clients(vim.api.nvim_get_current_buf())[1]
  if not client then vim.notify('hoplint does not run for this buffer', vim.log.levels.WARN) end
  return client
end

local function request(client, method, params, handler)
  local function answered(failure, result)
    if failure then return vim.notify('hoplint: ' .. failure.message, vim.log.levels.ERROR) end
    if handler then handler(result) end
  end
  if vim.fn.has('nvim-0.11') == 1 then return client:request(method, params, answered) end
  return client.request(method, params, answered)
end

local function execute(client, command, arguments)
  request(client, 'workspace/executeCommand', { command = command, arguments = arguments })
end

--- Every safe fix, of this file or of all.
function M.fix_all(everywhere)
  local client = client_here()
  if not client then return end
  if everywhere then return execute(client, 'hoplint.fixWorkspace', {}) end
  execute(client, 'hoplint.fixFile', { vim.uri_from_bufnr(0) })
end

local function show_text(title, text)
  vim.cmd('botright new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'nofile', 'wipe', false
  vim.bo[buffer].modifiable = false
  vim.wo.wrap = false
  pcall(vim.api.nvim_buf_set_name, buffer, title)
end

local function show_trace(client, params)
  request(client, 'hoplint/trace', params, function(trace)
    if not trace or trace == vim.NIL then return vim.notify('hoplint: no host stands here') end
    show_text('hoplint://trace/' .. trace.host, trace.text)
  end)
end

--- The way of a host's requests, as text in a window; of the host under the cursor if none is named.
function M.trace(host)
  local client = client_here()
  if not client then return end
  if host and host ~= '' then return show_trace(client, { host = host }) end
  show_trace(client, vim.lsp.util.make_position_params(0, client.offset_encoding))
end

local function suppress(client, uri, fingerprint, reason)
  local function go(text)
    if text and text ~= '' then execute(client, 'hoplint.suppress', { uri, fingerprint, text }) end
  end
  if reason and reason ~= '' then return go(reason) end
  vim.ui.input({ prompt = 'Why is it allowed here? ' }, go)
end

--- Allows a finding on the cursor's line, in a comment that says why.
function M.suppress(reason)
  local client = client_here()
  if not client then return end
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local text = vim.api.nvim_buf_get_lines(0, line, line + 1, false)[1] or ''
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = { line = line, character = 0 }, ['end'] = { line = line, character = vim.str_utfindex(text) } },
    context = { diagnostics = {}, only = { 'quickfix' } },
  }
  request(client, 'textDocument/codeAction', params, function(actions)
    local found = vim.tbl_filter(
      function(action) return type(action.command) == 'table' and action.command.command == 'hoplint.suppressWithReason' end, actions or {})
    local function choose(action)
      if action then suppress(client, action.command.arguments[1], action.command.arguments[2], reason) end
    end
    if #found == 0 then return vim.notify('hoplint: nothing was found on this line') end
    if #found == 1 then return choose(found[1]) end
    vim.ui.select(found, { prompt = 'Allow which?', format_item = function(action) return action.title end }, choose)
  end)
end

local function show_references(client, locations)
  local items = vim.lsp.util.locations_to_items(locations, client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = 'hoplint: references', items = items })
  vim.cmd('botright copen')
end

--- What the server asks for with commands of code lenses and code actions.
local handlers = {
  ['hoplint.showReferences'] = function(client, arguments) show_references(client, arguments[3]) end,
  ['hoplint.showTrace'] = function(client, arguments) show_trace(client, { host = arguments[2] }) end,
  ['hoplint.suppressWithReason'] = function(client, arguments) suppress(client, arguments[1], arguments[2]) end,
}

--- Called once by plugin/hoplint.lua.
function M.register()
  for name, handler in pairs(handlers) do
    vim.lsp.commands[name] = function(command, context)
      handler(vim.lsp.get_client_by_id(context.client_id), command.arguments)
    end
  end
  local function define(name, run, more) vim.api.nvim_create_user_command(name, run, more) end
  define('HoplintFix', function(call) M.fix_all(call.bang) end, { bang = true, desc = 'Safe fixes of this file; with !, of all' })
  define('HoplintSuppress', function(call) M.suppress(call.args) end, { nargs = '?', desc = 'Allow what was found on this line' })
  define('HoplintTrace', function(call) M.trace(call.args) end, { nargs = '?', desc = 'Follow the requests for a host' })
  define('HoplintRestart', function()
    for _, client in ipairs(M.clients()) do execute(client, 'hoplint.restartIndex', {}) end
  end, { desc = 'Read all manifests anew' })
  M.setup()
end

--- Options as in `defaults`; not needed if those will do.
function M.setup(changed)
  options = vim.tbl_extend('force', options, changed or {})
  local group = vim.api.nvim_create_augroup('hoplint', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = options.filetypes,
    callback = function(event) M.attach(event.buf) end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(options.filetypes, vim.bo[buffer].filetype) then M.attach(buffer) end
  end
end

return M
