#pragma once
// libedit's el_set, el_get and history take variable arguments, which Swift cannot call: one small wrapper each.
#include <histedit.h>
#include <langinfo.h>
#include <stdio.h>

typedef unsigned char (*ce_function)(EditLine *, int);

static inline int ce_set_client(EditLine *e, void *client) { return el_set(e, EL_CLIENTDATA, client); }
static inline void *ce_client(EditLine *e) {
    void *client = NULL;
    return el_get(e, EL_CLIENTDATA, &client) == 0 ? client : NULL;
}
static inline int ce_set_editor(EditLine *e, const char *mode) { return el_set(e, EL_EDITOR, mode); }
static inline const char *ce_editor(EditLine *e) {
    const char *mode = NULL;
    return el_get(e, EL_EDITOR, &mode) == 0 ? mode : NULL;
}
static inline int ce_set_signal(EditLine *e, int on) { return el_set(e, EL_SIGNAL, on); }
static inline int ce_set_reader(EditLine *e, el_rfunc_t reader) { return el_set(e, EL_GETCFN, reader); }
static inline int ce_set_prompt(EditLine *e, char *(*prompt)(EditLine *)) { return el_set(e, EL_PROMPT, prompt); }
static inline int ce_set_history(EditLine *e, History *h) { return el_set(e, EL_HIST, history, h); }
static inline int ce_prepare_terminal(EditLine *e, int raw) { return el_set(e, EL_PREP_TERM, raw); }
static inline int ce_add_function(EditLine *e, const char *name, const char *help, ce_function f) {
    return el_set(e, EL_ADDFN, name, help, f);
}
static inline int ce_bind(EditLine *e, const char *key, const char *command) {
    return el_set(e, EL_BIND, key, command, NULL);
}
/// Binds in vi's command map, which libedit calls the alternate one.
static inline int ce_bind_alternate(EditLine *e, const char *key, const char *command) {
    return el_set(e, EL_BIND, "-a", key, command, NULL);
}

static inline int ce_history_set_size(History *h, int size) {
    HistEvent event;
    return history(h, &event, H_SETSIZE, size);
}
static inline int ce_history_enter(History *h, const char *line) {
    HistEvent event;
    return history(h, &event, H_ENTER, line);
}

/// The character set of the locale in force, such as "UTF-8".
static inline const char *ce_character_set(void) { return nl_langinfo(CODESET); }

// <wchar.h> declares it for X/Open programs only.
extern int wcwidth(wchar_t);
static inline int ce_columns(wchar_t character) { return wcwidth(character); }
