#[node(id = "film_lab:roll:frames", group = ROLL, length = "$count * 2")]
#[output(label = "Folder", position = 0)]
fn frames(count: u32, #[input(items = "$count")] names: Items<String>) -> Result<(Generator<Image>, DirPath), NodeError> {
    todo!()
}
