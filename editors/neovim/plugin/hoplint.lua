if vim.g.loaded_hoplint then return end
vim.g.loaded_hoplint = true
-- Behind the user's own files, so that a setup() in them comes first.
if vim.v.vim_did_enter == 1 then
  require('hoplint').register()
else
  vim.api.nvim_create_autocmd('VimEnter', { once = true, callback = function() require('hoplint').register() end })
end
