/// A table of colours.
#[derive(NaviType)]
#[navi(fields = [("size", "int(2..)")])]
pub struct Lut(Vec<[f32; 3]>);
