-- Runs inside Neovim, with the folder of the article estate as its working directory; see neovim.sh.

local patience = 15000

local function fail(text)
  io.stderr:write('neovim.lua: ' .. text .. '\n')
  vim.cmd('cquit 1')
end

local function wait_for(what, condition)
  if not vim.wait(patience, condition, 20) then error('waited in vain for ' .. what, 0) end
end

local function expect(what, found, wanted)
  if not vim.deep_equal(found, wanted) then
    error(('%s: expected %s, found %s'):format(what, vim.inspect(wanted), vim.inspect(found)), 0)
  end
end

local function place_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then return { number, column - 1 } end
  end
  error('there is no ' .. text .. ' in ' .. vim.api.nvim_buf_get_name(0), 0)
end

local function codes_of(buffer)
  local codes = vim.tbl_map(function(one) return one.code or one.user_data.lsp.code end, vim.diagnostic.get(buffer))
  table.sort(codes)
  return codes
end

local function open(path)
  vim.cmd('edit ' .. path)
  return vim.api.nvim_get_current_buf()
end

--- The answer of whoever would sit here.
local function choose(wanted)
  vim.ui.select = function(items, options, on_choice)
    for number, item in ipairs(items) do
      if options.format_item(item):find(wanted, 1, true) then return on_choice(item, number) end
    end
    error('nothing to choose is called ' .. wanted, 0)
  end
end

local function sees_diagnostics()
  local buffer = open('netbox/virtual_services.yaml')
  wait_for('the client', function() return #require('hoplint').clients(buffer) == 1 end)
  wait_for('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
  local host = 'virtualservice-host-behind-no-load-balancer'
  expect('findings', codes_of(buffer), { host, host })
  local first = vim.diagnostic.get(buffer)[1]
  expect('line', first.lnum, 7)
  expect('severity', first.severity, vim.diagnostic.severity.ERROR)
  expect('source', first.source, 'hoplint')
  -- Of files that nobody opened, too.
  local ingress = vim.fn.bufadd('edge/ingress.yaml')
  wait_for('the findings of another file', function() return #vim.diagnostic.get(ingress) == 3 end)
  -- As the settings at the end of this file want it.
  wait_for('all findings but one', function() return #vim.diagnostic.get() == 7 end)
  expect('ignored', vim.tbl_contains(codes_of(nil), 'mesh-misplaced-field'), false)
end

local function goes_to_definition()
  open('netbox/virtual_services.yaml')
  vim.api.nvim_win_set_cursor(0, place_of('default-gateway.istio-system'))
  vim.lsp.buf.definition()
  wait_for('the jump', function() return vim.api.nvim_buf_get_name(0):match('istio/gateway%.yaml$') ~= nil end)
  expect('cursor', vim.api.nvim_win_get_cursor(0), { 4, 8 })
  expect('servers', #require('hoplint').clients(), 1)
end

local function applies_quick_fix()
  local buffer = open('edge/ingress.yaml')
  wait_for('the findings', function() return #vim.diagnostic.get(buffer) == 3 end)
  vim.api.nvim_win_set_cursor(0, place_of('aws-load-balancer-tls'))
  choose('Remove `secretName`')
  vim.lsp.buf.code_action()
  wait_for('the edit', function() return vim.bo[buffer].modified end)
  wait_for('fewer findings', function() return #vim.diagnostic.get(buffer) == 2 end)
  vim.cmd('silent write')
end

local function suppresses_with_reason()
  local buffer = open('edge/ingress.yaml')
  vim.api.nvim_win_set_cursor(0, { 1, 14 })
  vim.cmd('HoplintSuppress an old cluster')
  wait_for('the comment', function() return vim.bo[buffer].modified end)
  wait_for('fewer findings', function() return #vim.diagnostic.get(buffer) == 1 end)
  vim.cmd('silent write')
end

local function fixes_all()
  local buffer = open('edge/ingress.yaml')
  vim.cmd('HoplintFix')
  wait_for('the edit', function() return vim.bo[buffer].modified end)
  wait_for('no findings', function() return #vim.diagnostic.get(buffer) == 0 end)
  vim.cmd('silent write')
end

local function shows_trace()
  open('netbox/virtual_services.yaml')
  vim.cmd('HoplintTrace netbox.cluster.tinfoil.private')
  wait_for('the trace', function() return vim.api.nvim_buf_get_name(0):match('^hoplint://trace/') ~= nil end)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  if not text:find('istio-ingress', 1, true) then error('the trace names no Ingress: ' .. text, 0) end
  vim.cmd('bwipeout')
end

--- The line for those without a language server, as the page of settings has it.
local function reads_concise_output()
  local page = debug.getinfo(1, 'S').source:sub(2):gsub('tests/e2e/neovim.lua$', 'editors/README.md')
  for line in io.lines(page) do
    if line:match('^set makeprg=') then vim.cmd(line) end
  end
  vim.cmd('silent make! --isolated .')
  local errors = vim.tbl_filter(function(one) return one.valid == 1 and one.type == 'e' end, vim.fn.getqflist())
  expect('errors', #errors, 3)
  expect('message', errors[1].text:match('^[^:]*'), 'the Secret `aws-load-balancer-tls` is that of the AWS Load Balancer Controller\'s webhook')
  expect('place', { vim.fn.fnamemodify(vim.fn.bufname(errors[1].bufnr), ':.'), errors[1].lnum, errors[1].col }, { 'istio/gateway.yaml', 18, 25 })
end

local function stops()
  for _, client in ipairs(require('hoplint').clients()) do client.stop() end
  wait_for('the end of the server', function() return #require('hoplint').clients() == 0 end)
end

local steps = { sees_diagnostics, goes_to_definition, applies_quick_fix, suppresses_with_reason, fixes_all, shows_trace, reads_concise_output, stops }

require('hoplint').setup({ settings = { ignore = { 'mesh-misplaced-field' } } })
vim.o.swapfile = false
vim.o.hidden = true
vim.api.nvim_create_autocmd('VimEnter', {
  callback = vim.schedule_wrap(function()
    for number, step in ipairs(steps) do
      local done, why = pcall(step)
      if not done then return fail(('step %d: %s'):format(number, why)) end
    end
    vim.cmd('qall!')
  end),
})
