#[node(id = "Film Lab", group = TONE, colour = 1)]
fn gain(#[input(when(shap))] shape: bool) {}
