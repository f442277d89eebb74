//! What was found, told to people and programs.

use anyhow::Result;
use chainner_sdk::library::{NodeDescription, Place};
use serde_json::{Value as Json, json};

use crate::shell::{Level, Message, MessageFormat, Shell};

use super::{case::Case, judge::Verdict};

/// One mistake of a node, with the smallest case that shows it.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) verdict: Verdict,
    pub(crate) case: Case,
    /// How many cases showed it.
    pub(crate) cases: usize,
}

/// Tells findings.
#[derive(Debug)]
pub(crate) struct Reporter<'a> {
    pub(crate) shell: &'a Shell,
    /// How the package is named on the command line.
    pub(crate) package: String,
}

impl Reporter<'_> {
    /// What to type to see the mistake again.
    fn command(&self, node: &NodeDescription, case: &Case) -> String {
        let package = quoted(&self.package);
        let case = quoted(&serde_json::to_string(case).unwrap_or_default());
        format!("cargo chainner test -p {package} --node {} --case {case}", node.id)
    }

    pub(crate) fn tell(&self, node: &NodeDescription, finding: &Finding) -> Result<()> {
        let Finding { verdict, case, cases } = finding;
        let Verdict { level, code, message, expected, got, help, .. } = verdict;
        let text = format!("node `{}` {message}", node.function);
        let places = [Place { column: 0, ..node.place.clone() }];
        let command = self.command(node, case);
        let mut excerpt = format!("case: {}\n", case.complete(node));
        let sides = [("expected", expected), ("got", got)];
        for (word, side) in sides.into_iter().filter_map(|(word, side)| Some((word, side.as_ref()?))) {
            excerpt += &format!("{word}: {side}\n");
        }
        let others = match cases {
            0 | 1 => String::new(),
            2 => " (1 other case shows it, too)".to_owned(),
            cases => format!(" ({} other cases show it, too)", cases - 1),
        };
        excerpt += &format!("again: {command}{others}");
        let (code, excerpt) = (Some(*code), Some(excerpt.as_str()));
        let message = Message { level: *level, code, text: &text, places: &places, excerpt, help: Some(help) };
        if self.shell.format() != MessageFormat::Json {
            self.shell.tell(message);
            return Ok(());
        }
        let mut keys = message.json();
        let own = json!({
            "node": node.id,
            "case": case,
            "cases": cases,
            "expected": expected,
            "got": got,
            "command": command,
        });
        if let (Json::Object(keys), Json::Object(own)) = (&mut keys, own) {
            keys.extend(own);
        }
        self.shell.record("chainner-test", keys)?;
        Ok(())
    }
}

/// Whether a finding keeps the test from passing.
pub(crate) fn fails(finding: &Finding) -> bool {
    finding.verdict.level == Level::Error
}

/// A word as a shell reads it.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_where_a_shell_needs_it() {
        assert_eq!(quoted("film-lab"), "film-lab");
        assert_eq!(quoted(r#"{"a":"it's"}"#), r#"'{"a":"it'\''s"}'"#);
    }
}
