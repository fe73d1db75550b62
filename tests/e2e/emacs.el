;;; emacs.el --- Runs inside Emacs, with the article estate as its working directory; see emacs.sh -*- lexical-binding: t -*-

(require 'hoplint)
(require 'yaml-mode)

(defconst patience 15)
(defconst estate default-directory)
(setq eglot-confirm-server-initiated-edits nil
      make-backup-files nil
      create-lockfiles nil)

(defmacro wait-for (what condition)
  "CONDITION holds before long, or the test ends and says WHAT was missed."
  `(let ((end (+ (float-time) patience)))
     (while (not ,condition)
       (when (> (float-time) end) (error "Waited in vain for %s" ,what))
       (accept-process-output nil 0.02))))

(defun expect (what found wanted)
  (unless (equal found wanted) (error "%s: expected %S, found %S" what wanted found)))

(defun codes ()
  "The rules that found something in this buffer."
  (flymake-start)
  (sort (mapcar (lambda (one) (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data one)) :code)) (flymake-diagnostics)) #'string<))

(defun open (path)
  (switch-to-buffer (find-file-noselect (expand-file-name path estate)))
  (unless (eglot-current-server) (call-interactively #'eglot))
  (goto-char (point-min)))

(defun changed-and-seen ()
  "An idle moment, which there is none of in batch mode."
  (eglot--signal-textDocument/didChange))

(defun choose (title)
  "The answer of whoever would sit here, at a keyboard."
  (setq last-nonmenu-event ?\r)
  (fset 'completing-read (lambda (_prompt choices &rest _)
                           (or (cl-some (lambda (choice) (and (string-prefix-p title (car choice)) (car choice))) choices)
                               (error "Nothing to choose is called %s" title)))))

(defun sees-diagnostics ()
  (open "netbox/virtual_services.yaml")
  (let ((rule "virtualservice-host-behind-no-load-balancer"))
    (wait-for "diagnostics" (equal (codes) (list rule rule))))
  (let ((first (car (flymake-diagnostics))))
    (expect "line" (line-number-at-pos (flymake-diagnostic-beg first)) 8)
    (expect "type" (flymake-diagnostic-type first) 'eglot-error))
  ;; Of files that nobody opened, too.
  (wait-for "the findings of another file"
            (= 3 (length (alist-get (expand-file-name "edge/ingress.yaml" estate) flymake-list-only-diagnostics
                                    nil nil #'string=)))))

(defun follows-settings ()
  (open "netbox/virtual_services.yaml")
  (let ((eglot-workspace-configuration '(:hoplint (:ignore ["virtualservice"]))))
    (eglot-signal-didChangeConfiguration (eglot-current-server))
    (wait-for "no findings" (null (codes))))
  (eglot-signal-didChangeConfiguration (eglot-current-server))
  (wait-for "findings" (= 2 (length (codes)))))

(defun goes-to-definition ()
  (open "netbox/virtual_services.yaml")
  (search-forward "default-gateway.istio-")
  (call-interactively #'xref-find-definitions)
  (expect "file" (file-relative-name buffer-file-name estate) "istio/gateway.yaml")
  (expect "place" (list (line-number-at-pos) (current-column)) '(4 8)))

(defun applies-quick-fix ()
  (open "edge/ingress.yaml")
  (wait-for "the findings" (= 3 (length (codes))))
  (search-forward "secretName: aws-")
  (choose "Remove `secretName`")
  (call-interactively #'eglot-code-actions)
  (expect "modified" (buffer-modified-p) t)
  (changed-and-seen)
  (wait-for "fewer findings" (= 2 (length (codes))))
  (save-buffer))

(defun suppresses-with-reason ()
  (open "edge/ingress.yaml")
  (cl-letf (((symbol-function 'read-string) (lambda (&rest _) "an old cluster")))
    (call-interactively #'hoplint-suppress))
  (wait-for "the comment" (buffer-modified-p))
  (changed-and-seen)
  (wait-for "fewer findings" (= 1 (length (codes))))
  (save-buffer))

(defun fixes-all ()
  (open "edge/ingress.yaml")
  (call-interactively #'hoplint-fix-file)
  (wait-for "the edit" (buffer-modified-p))
  (changed-and-seen)
  (wait-for "no findings" (null (codes)))
  (save-buffer))

(defun shows-trace ()
  (open "netbox/virtual_services.yaml")
  (hoplint-trace "netbox.cluster.tinfoil.private")
  (with-current-buffer "*hoplint trace: netbox.cluster.tinfoil.private*"
    (goto-char (point-min))
    (search-forward "istio-ingress")))

(defun stops ()
  (let ((server (eglot-current-server)))
    (eglot-shutdown server)
    (expect "running" (jsonrpc-running-p server) nil)))

(dolist (step '(sees-diagnostics follows-settings goes-to-definition applies-quick-fix suppresses-with-reason fixes-all shows-trace stops))
  (condition-case why
      (funcall step)
    (error (message "emacs.el: %s: %s" step (error-message-string why))
           (kill-emacs 1))))
