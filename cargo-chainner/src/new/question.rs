//! What `new` asks on a terminal, when the command line does not say it.

use std::{
    env,
    io::{self, BufRead, IsTerminal as _, Write},
};

use anyhow::Result;
use chainner_templates::{TEMPLATES, Template, named};

use crate::{
    codes::Code,
    error::{Failure, did_you_mean},
};

use super::name::check_name;

/// Whether there is someone to ask: a terminal on both sides, and no CI system that only looks like one.
pub(super) fn is_answered() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal() && env::var_os("CI").is_none()
}

/// Asks for a name until there is a good one.
///
/// # Errors
/// The input ends.
pub(super) fn name(answers: &mut impl BufRead, terminal: &mut impl Write) -> Result<String> {
    loop {
        let answer = ask("Name of the package, e.g. film-lab: ", answers, terminal)?;
        match check_name(&answer) {
            Ok(()) => return Ok(answer),
            Err(Failure { message, help, .. }) => {
                let better = help.as_deref().and_then(|help| help.rsplit(' ').next()).unwrap_or_default();
                writeln!(terminal, "  {message}; {} would do", better.trim_matches('`'))?;
            }
        }
    }
}

/// Asks for a template by number or name; the first if nothing is said.
///
/// # Errors
/// The input ends.
pub(super) fn template(answers: &mut impl BufRead, terminal: &mut impl Write) -> Result<&'static Template> {
    for (index, template) in TEMPLATES.iter().enumerate() {
        writeln!(terminal, "  {}  {:12} {}", index + 1, template.name, template.about)?;
    }
    loop {
        let answer = ask("Template, by number or name [1]: ", answers, terminal)?;
        let by_number = |answer: &str| TEMPLATES.get(answer.parse::<usize>().ok()?.checked_sub(1)?);
        let found = match answer.as_str() {
            "" => TEMPLATES.first(),
            answer => by_number(answer).or_else(|| named(answer)),
        };
        if let Some(template) = found {
            return Ok(template);
        }
        match did_you_mean(&answer, TEMPLATES.iter().map(|template| template.name)) {
            Some(near) => writeln!(terminal, "  there is no template `{answer}`; did you mean {near}?")?,
            None => writeln!(terminal, "  there is no template `{answer}`")?,
        }
    }
}

fn ask(question: &str, answers: &mut impl BufRead, terminal: &mut impl Write) -> Result<String> {
    write!(terminal, "{question}")?;
    terminal.flush()?;
    let mut line = String::new();
    if answers.read_line(&mut line)? == 0 {
        writeln!(terminal)?;
        return Err(nobody().into());
    }
    Ok(line.trim().to_owned())
}

/// There is no name, and nobody to ask for one.
pub(super) fn nobody() -> Failure {
    Failure::new(Code::NoName, "there is no name for the package")
        .help("write it behind `new`: `cargo chainner new film-lab`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_answers_are_corrected_and_asked_again() {
        let mut terminal = Vec::new();
        assert_eq!(name(&mut "Film Lab\n film-lab \n".as_bytes(), &mut terminal).expect("a name"), "film-lab");
        let said = String::from_utf8(terminal).expect("UTF-8");
        assert!(said.contains("film-lab would do"), "{said}");

        let mut terminal = Vec::new();
        let chosen = |answers: &str, terminal: &mut Vec<u8>| {
            template(&mut answers.as_bytes(), terminal).expect("a template").name
        };
        assert_eq!(chosen("\n", &mut terminal), "filter");
        assert_eq!(chosen("3\n", &mut terminal), "blend");
        assert_eq!(chosen("0\n99\nbelnd\nanalysis\n", &mut terminal), "analysis");
        let said = String::from_utf8(terminal).expect("UTF-8");
        assert!(said.contains("did you mean blend?") && said.contains("no template `99`"), "{said}");
    }

    #[test]
    fn an_end_of_input_is_an_answer_too() {
        let error = name(&mut "".as_bytes(), &mut Vec::new()).expect_err("nobody answers");
        assert_eq!(error.downcast_ref::<Failure>().map(|failure| failure.code), Some(Code::NoName));
    }
}
