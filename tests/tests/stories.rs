//! The stories of users, told by `tests/stories`: each of their steps has a verdict, and none may fail.
//!
//! With `CHAINNER_REPO` (checkouts of chaiNNer, separated as in `PATH`) the steps in the app are done in the first of them, else in
//! the stand-in of `python/tests`. Steps of which a part has no command yet say so, and are no failure here.

use std::fs;

use system_tests::{Environment, Run, interpreters, root, run, scratch, target_dir, tool};

fn story(file: &str) -> Run {
    const BUILDER: &str = "hatchling==1.33.0";
    let (environment, repositories) = match Environment::of_the_app(&[BUILDER]) {
        Ok((environment, repositories)) => (environment, Some(repositories)),
        Err(reason) => {
            println!("in the stand-in: {reason}");
            (Environment::with(&interpreters()[0], &["numpy", BUILDER]), None)
        }
    };
    // The story installs the tool anew; what it is made of is compiled already.
    tool();
    let mut told = environment.python();
    told.arg(root().join("tests/stories").join(file)).arg("--allow-missing").env_remove("RUST_BACKTRACE");
    told.env("CARGO_TARGET_DIR", target_dir().join("system").join("new-target"));
    told.env("STORY_TOOL_TARGET_DIR", target_dir()).env("PYTHONDONTWRITEBYTECODE", "1");
    if repositories.is_none() {
        told.env_remove("CHAINNER_REPO");
    }
    run(&mut told)
}

#[test]
fn a_new_author_without_python_gets_a_node_into_the_app() {
    println!("{}", story("s1.py").succeeded().stdout);
}

#[test]
fn a_team_publishes_updates_and_rolls_back() {
    println!("{}", story("s3.py").succeeded().stdout);
}

#[test]
fn a_promise_that_is_not_kept_fails_the_story() {
    let directory = scratch("story");
    let script = directory.join("told.py");
    let text = format!(
        "\
import os, sys
sys.path.insert(0, {:?})
from story import Story, expect, main
class T(Story):
    def step_1(self):
        \"\"\"Holds\"\"\"
        expect(1 < 2, 'order')
        self.made = os.environ['HOW']
    def step_2(self):
        \"\"\"May hold\"\"\"
        if self.made == 'missing':
            self.not_yet('no command')
        expect(self.made != 'broken', 'a promise', 'nothing')
        if self.made == 'strange':
            raise KeyError('x')
        if self.made != 'stopped':
            self.more = 1
    def step_3(self):
        \"\"\"Needs the second\"\"\"
        expect(self.more, 'more')
sys.exit(main(T))",
        root().join("tests/stories")
    );
    fs::write(&script, text).expect("the script can be written");
    let environment = Environment::with(&interpreters()[0], &["numpy", "hatchling==1.33.0"]);
    let told = |how: &str, words: &[&str], code: i32, parts: &[&str]| {
        let said = run(environment.python().env("HOW", how).arg(&script).args(words)).ended_with(code).stdout;
        for part in parts {
            assert!(said.contains(part), "{how} {words:?}: no {part} in\n{said}");
        }
    };
    let allow = &["--allow-missing"][..];
    told("fine", &[], 0, &["T.1    passed   Holds", "T.2    passed", "3 steps: 3 passed"]);
    told("missing", &[], 1, &["T.2    not yet  May hold", "           no command", "2 passed, 1 not yet"]);
    told("missing", allow, 0, &["2 passed, 1 not yet"]);
    told("broken", allow, 1, &["T.2    failed", "expected a promise, got: nothing", "T.3    blocked", "needs `more`"]);
    told("strange", allow, 1, &["T.2    failed", "KeyError: 'x'"]);
    told("stopped", allow, 1, &["T.2    passed", "T.3    blocked"]);
}
