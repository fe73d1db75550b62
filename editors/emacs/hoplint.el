;;; hoplint.el --- Kubernetes, Istio and ALB manifests, checked as one -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: tools, languages
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Has eglot run `hoplint lsp' for manifests, and gives its requests names to call them by:
;;
;;   (require 'hoplint)
;;   (add-hook 'yaml-mode-hook #'eglot-ensure)
;;
;; Settings go where eglot keeps them, in `eglot-workspace-configuration':
;;
;;   ((nil . ((eglot-workspace-configuration . (:hoplint (:select ["ALL"]))))))

;;; Code:

(require 'cl-lib)
(require 'eglot)

(defgroup hoplint nil
  "Kubernetes, Istio and ALB manifests, checked as one."
  :group 'tools)

(defcustom hoplint-command '("hoplint" "lsp")
  "The program and its arguments."
  :type '(repeat string))

(defclass hoplint-server (eglot-lsp-server) ()
  :documentation "A running `hoplint lsp'.")

(defun hoplint--contact (&rest _)
  "What `eglot-server-programs' wants to know."
  (cons 'hoplint-server hoplint-command))

(add-to-list 'eglot-server-programs '((yaml-mode yaml-ts-mode) . hoplint--contact))

(cl-defmethod eglot-initialization-options ((_server hoplint-server))
  "Say what this client can do for the server: suppressions ask why."
  '(:commands ["hoplint.suppressWithReason"]))

(defun hoplint--suppress (server arguments)
  "Ask SERVER for a comment that allows a finding; ARGUMENTS as it gave them."
  (let ((reason (read-string "Why is it allowed here? ")))
    (unless (string-empty-p reason)
      (hoplint--execute server "hoplint.suppress" (aref arguments 0) (aref arguments 1) reason))))

(cl-defmethod eglot-execute-command ((server hoplint-server) (_command (eql hoplint.suppressWithReason)) arguments)
  "For eglot before 1.16: SERVER's COMMAND with ARGUMENTS."
  (hoplint--suppress server arguments))

(when (fboundp 'eglot-execute)
  (cl-defmethod eglot-execute :around ((server hoplint-server) action)
    "ACTION is a Command of SERVER, or something else that eglot knows."
    (if (equal (plist-get action :command) "hoplint.suppressWithReason")
        (hoplint--suppress server (plist-get action :arguments))
      (cl-call-next-method))))

(defun hoplint--server ()
  "The server of this buffer."
  (let ((server (eglot-current-server)))
    (unless (cl-typep server 'hoplint-server)
      (user-error "Hoplint does not run for this buffer; M-x eglot starts it"))
    (eglot--signal-textDocument/didChange)
    server))

(defun hoplint--execute (server command &rest arguments)
  "Have SERVER do COMMAND with ARGUMENTS."
  (jsonrpc-request server :workspace/executeCommand `(:command ,command :arguments ,(vconcat arguments))))

;;;###autoload
(defun hoplint-fix-file ()
  "Make every safe fix of this file."
  (interactive)
  (hoplint--execute (hoplint--server) "hoplint.fixFile" (plist-get (eglot--TextDocumentIdentifier) :uri)))

;;;###autoload
(defun hoplint-fix-workspace ()
  "Make every safe fix of every file."
  (interactive)
  (hoplint--execute (hoplint--server) "hoplint.fixWorkspace"))

;;;###autoload
(defun hoplint-reload ()
  "Read all manifests anew."
  (interactive)
  (hoplint--execute (hoplint--server) "hoplint.restartIndex"))

;;;###autoload
(defun hoplint-suppress ()
  "Allow a finding of this line, in a comment that says why."
  (interactive)
  (let* ((server (hoplint--server))
         (found (cl-loop for action in (append (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix") nil)
                         for command = (plist-get action :command)
                         when (and (listp command) (equal (plist-get command :command) "hoplint.suppressWithReason"))
                         collect (cons (plist-get action :title) (plist-get command :arguments)))))
    (cond ((null found) (user-error "Nothing was found on this line"))
          ((null (cdr found)) (hoplint--suppress server (cdar found)))
          (t (hoplint--suppress server (cdr (assoc (completing-read "Allow which? " found nil t) found)))))))

;;;###autoload
(defun hoplint-trace (host)
  "Show the way of the requests for HOST, from the load balancer to the pods.
If it is empty, those for the host at point."
  (interactive (list (read-string "Host (empty for the one at point): ")))
  (let* ((server (hoplint--server))
         (trace (jsonrpc-request server :hoplint/trace
                                 (if (string-empty-p host) (eglot--TextDocumentPositionParams) `(:host ,host)))))
    (unless trace (user-error "No host stands here"))
    (with-current-buffer (get-buffer-create (format "*hoplint trace: %s*" (plist-get trace :host)))
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (plist-get trace :text)))
      (goto-char (point-min))
      (special-mode)
      (setq truncate-lines t)
      (display-buffer (current-buffer)))))

(provide 'hoplint)
;;; hoplint.el ends here
