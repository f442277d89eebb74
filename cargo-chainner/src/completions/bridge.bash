
# `cargo chainner …` completes as `cargo-chainner …`; everything else of cargo as before. Nodes are read from the sources.
_chainner_nodes() {
    local word="${COMP_WORDS[COMP_CWORD]}" place
    [[ ${COMP_WORDS[1]} == run && $word != -* ]] || return 1
    for ((place = 2; place < COMP_CWORD; place++)); do
        case "${COMP_WORDS[place]}" in
            -p | --package | --target-dir | -j | --jobs | --color | --message-format | --manifest-path) ((place++)) ;;
            -*) ;;
            *) return 1 ;;
        esac
    done
    [[ $place -eq $COMP_CWORD ]] || return 1
    COMPREPLY=($(compgen -W "$(cargo-chainner __nodes 2>/dev/null)" -- "$word"))
}

_cargo-chainner-or-nodes() {
    _chainner_nodes || _cargo__chainner "$@"
}

_cargo-with-chainner() {
    if [[ ${COMP_WORDS[1]} == chainner && $COMP_CWORD -ge 2 ]]; then
        COMP_WORDS=(cargo-chainner "${COMP_WORDS[@]:2}")
        ((COMP_CWORD--))
        _cargo-chainner-or-nodes cargo-chainner "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    elif [[ -n $_CHAINNER_BEFORE ]]; then
        "$_CHAINNER_BEFORE" "$@"
    fi
}

if [[ -z $_CHAINNER_BEFORE ]]; then
    declare -F _completion_loader >/dev/null && _completion_loader cargo 2>/dev/null
    _CHAINNER_BEFORE=$(complete -p cargo 2>/dev/null | sed -n 's/.* -F \([^ ]*\).*/\1/p')
    [[ $_CHAINNER_BEFORE == _cargo-with-chainner ]] && _CHAINNER_BEFORE=
fi
complete -F _cargo-with-chainner -o bashdefault -o default cargo
complete -F _cargo-chainner-or-nodes -o bashdefault -o default cargo-chainner
