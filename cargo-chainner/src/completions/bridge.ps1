
# `cargo chainner …` completes as `cargo-chainner …`.
Register-ArgumentCompleter -Native -CommandName 'cargo' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
    if ($words.Count -lt 2 -or $words[1] -ne 'chainner') { return }
    $line = ('cargo-chainner ' + (($words | Select-Object -Skip 2) -join ' ')).TrimEnd()
    if ($wordToComplete -eq '') { $line += ' ' }
    (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
}
