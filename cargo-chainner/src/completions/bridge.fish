
# `cargo chainner …` completes as `cargo-chainner …`; nodes are read from the sources.
function __chainner_complete_below_cargo
    set -l words (commandline -opc) (commandline -ct)
    complete -C "cargo-chainner $(string join -- ' ' $words[3..])"
end
complete -c cargo -n "__fish_seen_subcommand_from chainner" -f -a "(__chainner_complete_below_cargo)"
complete -c cargo-chainner -n "__fish_seen_subcommand_from run" -a "(cargo-chainner __nodes 2>/dev/null)"
