//! `explain`: what a code stands for, with an example and the fix.

use anyhow::Result;
use serde_json::{Value, json};

use crate::{
    cli::ExplainArgs,
    codes::Code,
    error::{Failure, did_you_mean},
    shell::{self, MessageFormat, Shell},
};

/// Prints the explanation of a code, or all codes, on stdout.
///
/// # Errors
/// There is no such code.
pub fn run(args: &ExplainArgs, shell: &Shell) -> Result<()> {
    let Some(code) = &args.code else {
        return match shell.format() {
            MessageFormat::Json => {
                Code::ALL.iter().try_for_each(|code| Ok(shell.record("chainner-code", keys(*code))?))
            }
            MessageFormat::Human | MessageFormat::Short => Ok(shell::data(list().as_bytes())?),
        };
    };
    let code = asked(code)?;
    Ok(shell.result("chainner-code", || keys(code), text(code))?)
}

/// What programs get of a code.
fn keys(code: Code) -> Value {
    json!({
        "id": code.id(),
        "title": code.title(),
        "explanation": code.explanation(),
        "example": code.example(),
        "exit": code.exit().code(),
    })
}

/// The code that a person means: in any case, with or without the brackets of a message, or only its number.
fn asked(text: &str) -> Result<Code, Failure> {
    let word = text.trim().trim_start_matches('[').trim_end_matches(']').to_uppercase();
    let id = match word.parse::<u16>() {
        Ok(number) => format!("CH{number:04}"),
        Err(_) => word,
    };
    Code::from_id(&id).ok_or_else(|| {
        let failure = Failure::new(Code::UnknownCode, format!("there is no code `{text}`"));
        match did_you_mean(&id, Code::ALL.iter().map(|code| code.id())) {
            Some(known) => failure.help(format!("did you mean `{known}`? `cargo chainner explain` lists all codes")),
            None => failure.help("`cargo chainner explain` lists all codes"),
        }
    })
}

fn list() -> String {
    Code::ALL.iter().map(|code| format!("{code}  {}\n", code.title())).collect()
}

/// The title, the explanation, and the example with its fix.
fn text(code: Code) -> String {
    format!("{code}: {}\n\n{}\n\n{}\n", code.title(), wrapped(code.explanation()), code.example())
}

/// Lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let fits = lines.last().is_some_and(|line| line.is_empty() || line.chars().count() + word.chars().count() < 80);
        if !fits {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_as_people_write_them() {
        for text in ["CH0126", "ch0126", "[CH0126]", " 126 "] {
            assert_eq!(asked(text), Ok(Code::Condition), "{text}");
        }
    }

    #[test]
    fn an_unknown_code_is_corrected() {
        let failure = asked("CH0726").expect_err("unknown");
        assert_eq!(failure.code, Code::UnknownCode);
        assert!(failure.help.expect("a help").contains("did you mean `CH0"));
    }

    #[test]
    fn every_code_is_listed_and_explained() {
        assert_eq!(list().lines().count(), Code::ALL.len());
        for code in Code::ALL {
            let text = text(*code);
            assert!(text.starts_with(&format!("{code}: {}", code.title())), "{code}");
            assert!(wrapped(code.explanation()).lines().all(|line| line.chars().count() <= 80), "{code}");
        }
    }
}
