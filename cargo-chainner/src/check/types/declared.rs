//! Every type of a node, evaluated in the order in which the app does.

use std::collections::{BTreeMap, BTreeSet};

use chainner_navi::{ErrorKind, Expression, NumberItem, Scope, Type, host};
use serde_json::Value;

use crate::codes::Code;

use super::{
    super::{
        Findings,
        subject::{Input, Node, list, text, whole},
    },
    Part,
};

/// The types of a node's inputs and outputs by their names in expressions.
pub(super) type Values = BTreeMap<String, Type>;

/// A type that others of the node can refer to.
struct Variable<'a> {
    name: String,
    role: Role,
    part: Part<'a>,
    expression: Expression,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Input,
    Output,
    Sequence,
}

/// Tells what is wrong with the types of a node. What is wrong counts as `any` for those that refer to it.
pub(super) fn check(node: &Node<'_>, main: &Scope, findings: &mut Findings) -> Values {
    let mut values = Values::new();
    let mut inputs = Vec::new();
    for input in node.inputs() {
        let part = Part {
            what: format!("the type of {}", input.called()),
            place: input.part("/type"),
            json: &input.schema["type"],
        };
        let name = input.id().map(|id| format!("Input{id}"));
        inputs.extend(variable(name, Role::Input, part, findings));
    }
    inputs.extend(sequences(node, "iteratorInputs", "IterInput", findings));
    evaluate(inputs, main, &mut values, findings);
    for input in node.inputs() {
        conversions(&input, main, findings);
        adapt(&input, main, findings);
        let declared = input.id().and_then(|id| values.get(&format!("Input{id}")));
        options(&input, declared, main, findings);
        if let Some(declared) = declared {
            range(&input, declared, findings);
        }
    }
    let mut outputs = Vec::new();
    for output in node.outputs() {
        let part = Part {
            what: format!("the type of {}", output.called()),
            place: output.part("/type"),
            json: &output.schema["type"],
        };
        let name = output.id().map(|id| format!("Output{id}"));
        outputs.extend(variable(name, Role::Output, part, findings));
    }
    outputs.extend(sequences(node, "iteratorOutputs", "IterOutput", findings));
    evaluate(outputs, main, &mut values, findings);
    values
}

fn variable<'a>(name: Option<String>, role: Role, part: Part<'a>, findings: &mut Findings) -> Option<Variable<'a>> {
    let expression = match role {
        Role::Sequence if part.json.is_null() => return None,
        Role::Sequence => {
            let parsed = Expression::from_json(part.json);
            parsed.map_err(|error| part.report(&error, Some(Code::SequenceType), findings)).ok()?
        }
        Role::Input | Role::Output => part.parse(findings)?,
    };
    Some(Variable { name: name?, role, part, expression })
}

fn sequences<'a>(node: &Node<'a>, key: &str, name: &str, findings: &mut Findings) -> Vec<Variable<'a>> {
    let mut variables = Vec::new();
    for (index, group) in list(node.schema, key).iter().enumerate() {
        let part = Part {
            what: format!("the sequence of `{key}` of {}", node.called()),
            place: node.part(&format!("/{key}/{index}/sequenceType")),
            json: &group["sequenceType"],
        };
        let name = whole(&group["id"]).map(|id| format!("{name}{id}"));
        variables.extend(variable(name, Role::Sequence, part, findings));
    }
    variables
}

/// Evaluates variables that may refer to one another and to what is known already.
fn evaluate(variables: Vec<Variable<'_>>, main: &Scope, values: &mut Values, findings: &mut Findings) {
    let names: BTreeSet<String> = variables.iter().map(|variable| variable.name.clone()).collect();
    values.extend(names.iter().map(|name| (name.clone(), Type::any())));
    let mut waiting = variables;
    while !waiting.is_empty() {
        let pending: BTreeSet<String> = waiting.iter().map(|variable| variable.name.clone()).collect();
        let ready = |variable: &Variable<'_>| {
            !host::references(&variable.expression).iter().any(|name| pending.contains(*name))
        };
        let Some(index) = waiting.iter().position(ready) else {
            cycle(&waiting, findings);
            return;
        };
        let variable = waiting.remove(index);
        if let Some(value) = value(&variable, main, values, findings) {
            values.insert(variable.name, value);
        }
    }
}

fn value(variable: &Variable<'_>, main: &Scope, values: &Values, findings: &mut Findings) -> Option<Type> {
    let part = &variable.part;
    hidden(variable, values, findings);
    let code = (variable.role == Role::Sequence).then_some(Code::SequenceType);
    let scope = with(main, &variable.expression, values);
    let evaluated = scope.evaluate(&variable.expression).map_err(|error| part.report(&error, code, findings)).ok()?;
    match variable.role {
        Role::Input if evaluated.is_never() => part.never(findings),
        Role::Input => return Some(evaluated),
        Role::Output => {
            let declared = evaluated.without(&structure("Error"));
            match (evaluated.is_never(), declared.is_never()) {
                (true, _) => part.never(findings),
                (_, true) => {
                    let message = format!("{} can only be an error", part.what);
                    let help = "name what comes out when all goes well, beside the error: `Image | error(\"…\")`";
                    findings.error(Code::OnlyError, message).at(&part.place).help(help);
                }
                _ => return Some(declared),
            }
        }
        Role::Sequence if evaluated.is_never() => {
            let message = format!("{} is always `never`", part.what);
            let help = "write `Sequence`, or `Sequence { length: … }` with a length of 0 or more";
            findings.error(Code::SequenceType, message).at(&part.place).help(help);
        }
        Role::Sequence => {
            if !evaluated.is_subset_of(&structure("Sequence")) {
                let message =
                    format!("{} is `{evaluated}`, which is no `Sequence`: nothing iterates over it", part.what);
                let help = "write `Sequence`, or `Sequence { length: … }`";
                findings.warning(Code::SequenceType, message).at(&part.place).help(help);
            }
            return Some(evaluated);
        }
    }
    None
}

/// The app looks for the inputs that a type needs in fewer places than a type can name them.
fn hidden(variable: &Variable<'_>, values: &Values, findings: &mut Findings) {
    for name in host::hidden_references(&variable.expression) {
        if values.contains_key(name) {
            let what = &variable.part.what;
            let message =
                format!("{what} names `{name}` where the app does not look, and stays as it is when that changes");
            let help = format!(
                "write `let value = {name}; …` in front, and use `value`: spreads, bodies of functions and assertions are not looked into"
            );
            findings.warning(Code::HiddenReference, message).at(&variable.part.place).help(help);
        }
    }
}

/// Names the types that need each other.
fn cycle(waiting: &[Variable<'_>], findings: &mut Findings) {
    let next = |variable: &Variable<'_>| {
        let references = host::references(&variable.expression);
        waiting.iter().position(|other| references.contains(other.name.as_str()))
    };
    let mut path = vec![0];
    while let Some(index) = path.last().and_then(|last| next(&waiting[*last])) {
        if let Some(start) = path.iter().position(|earlier| *earlier == index) {
            path.drain(..start);
            break;
        }
        path.push(index);
    }
    let names: Vec<String> = path.iter().map(|index| format!("`{}`", waiting[*index].name)).collect();
    let part = &waiting[path[0]].part;
    let message = match names.as_slice() {
        [_] => format!("{} needs itself", part.what),
        _ => format!("{} needs itself: {} need each other", part.what, names.join(" and ")),
    };
    let finding = findings.error(Code::CyclicType, message);
    finding.help("let one of them stand without the others; an output may refer to inputs, an input to earlier ones");
    for index in path {
        finding.at(&waiting[index].part.place);
    }
}

fn conversions(input: &Input<'_>, main: &Scope, findings: &mut Findings) {
    for (index, conversion) in list(input.schema, "conversions").iter().enumerate() {
        let part = |key: &str| Part {
            what: format!("`{key}` of a conversion of {}", input.called()),
            place: input.part(&format!("/conversions/{index}/{key}")),
            json: &conversion[key],
        };
        let (from, convert) = (part("type"), part("convert"));
        for part in [&from, &convert] {
            if part.json.is_null() {
                let help = "a conversion is `{\"type\": …, \"convert\": …}`, both expressions";
                findings.error(Code::BadShape, format!("{} is missing", part.what)).at(&part.place).help(help);
            }
        }
        let given = from.evaluate(main, findings);
        let Some(expression) = convert.parse(findings) else { continue };
        let Some(given) = given else { continue };
        if given.is_never() {
            from.never(findings);
            continue;
        }
        of_input(&convert, &expression, given, None, main, findings);
    }
}

fn adapt(input: &Input<'_>, main: &Scope, findings: &mut Findings) {
    let part = Part {
        what: format!("`adapt` of {}", input.called()),
        place: input.part("/adapt"),
        json: input.schema.get("adapt").unwrap_or(&Value::Null),
    };
    if let Some(expression) = part.parse(findings) {
        let stored = Type::all_numbers().union(&Type::all_strings());
        of_input(&part, &expression, stored, Some(Code::Adapt), main, findings);
    }
}

/// Evaluates an expression of `Input`.
fn of_input(
    part: &Part<'_>,
    expression: &Expression,
    given: Type,
    non_exhaustive: Option<Code>,
    main: &Scope,
    findings: &mut Findings,
) {
    let scope = match main.child().parameter("Input", given) {
        Ok(scope) => scope.build(),
        Err(error) => return part.report(&error, None, findings),
    };
    if let Err(error) = scope.evaluate(expression) {
        part.report(&error, non_exhaustive.filter(|_| error.kind() == ErrorKind::NonExhaustiveMatch), findings);
    }
}

fn options(input: &Input<'_>, declared: Option<&Type>, main: &Scope, findings: &mut Findings) {
    for (index, option) in list(input.schema, "options").iter().enumerate() {
        let Some(json) = option.get("type").filter(|json| !json.is_null()) else { continue };
        let what = format!("the type of the option \"{}\" of {}", text(option, "option"), input.called());
        let part = Part { what, place: input.part(&format!("/options/{index}/type")), json };
        let Some(evaluated) = part.evaluate(main, findings) else { continue };
        if evaluated.is_never() {
            part.never(findings);
        } else if let Some(declared) = declared
            && !evaluated.is_subset_of(declared)
        {
            let message = format!("{} is `{evaluated}`, which is not within the input's own `{declared}`", part.what);
            let help =
                "correct the type of the option, or widen that of the input; the app takes both and then mixes them up";
            findings.warning(Code::OptionType, message).at(&part.place).help(help);
        }
    }
}

/// What can be typed into a number box against what its type takes.
fn range(input: &Input<'_>, declared: &Type, findings: &mut Findings) {
    if !matches!(input.kind(), "number" | "slider") || !input.schema["adapt"].is_null() {
        return;
    }
    let [min, max] = ["min", "max"].map(|key| input.schema[key].as_f64());
    let (least, most) = (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY));
    let typed = match input.schema["precision"].as_u64() {
        Some(0) => Type::integers(least.ceil(), most.floor()),
        _ => Type::interval(least, most),
    };
    // That a range is empty is told by another rule.
    let Ok(typed) = typed else { return };
    // Infinity itself cannot be typed, and NaN neither.
    let typed = typed.without(&Type::number(f64::INFINITY)).without(&Type::number(f64::NEG_INFINITY));
    let refused = typed.without(declared);
    if !refused.is_never() {
        let example = refused.numbers().items().first().map(|item| example(*item)).unwrap_or_default();
        let message = format!(
            "{} takes {example} in its box, but its type `{declared}` does not have that value",
            input.called()
        );
        let help = "let `min`, `max` and `precision` say the same as the type";
        findings.warning(Code::RangeType, message).at(input.place()).help(help);
    }
}

/// A number of a set.
fn example(item: NumberItem) -> String {
    let (min, max) = (item.min(), item.max());
    let candidates = [min, max, (min + max) / 2.0, min + 1.0, max - 1.0, 0.5, 0.0];
    let found = candidates.into_iter().find(|number| number.is_finite() && item.contains(*number));
    found.map_or_else(|| "numbers".to_owned(), |number| format!("`{number}`"))
}

/// A scope with the parameters that an expression names.
pub(super) fn with(main: &Scope, expression: &Expression, values: &Values) -> Scope {
    let mut names = host::references(expression);
    names.extend(host::hidden_references(expression));
    let known = names.into_iter().filter_map(|name| Some((name, values.get(name)?)));
    let mut scope = main.child();
    for (name, value) in known {
        scope = match scope.parameter(name, value.clone()) {
            Ok(scope) => scope,
            Err(_) => return main.clone(),
        };
    }
    scope.build()
}

/// All values of a struct of the app.
fn structure(name: &str) -> Type {
    host::scope().struct_definition(name).map_or_else(|_| Type::never(), |definition| Type::whole(&definition))
}
