//! Nodes that take the context of their run.

use std::{
    fs,
    time::{Duration, Instant},
};

use chainner_sdk::prelude::*;
use rayon::prelude::*;

use crate::{ALL, Mode};

/// What the artist can set.
#[expect(dead_code, reason = "it is only printed")]
#[derive(Debug, Settings)]
pub struct ProbeSettings {
    /// Whether to hurry.
    #[setting(default = true)]
    fast: bool,
    #[setting(default = 4, range = 1..=64)]
    threads: u32,
    #[setting(default = 0.5, range = 0.0..=1.0)]
    ratio: f32,
    mode: Mode,
    #[setting(directory = "probe")]
    cache: Option<CacheDir>,
}

/// Works on all threads until it is stopped; gives up after a while. Tells how long it took.
#[node(id = "probe:context:endless", group = ALL, side_effects)]
pub fn endless(ctx: &Context, #[input(range = 0.0..=60.0, step = 0.1)] patience: f64) -> Result<f64, NodeError> {
    let start = Instant::now();
    let work = |_| {
        ctx.check().map_err(NodeError::from)?;
        match start.elapsed().as_secs_f64() > patience {
            true => Err(NodeError::new("nobody stopped it")),
            false => Ok(()),
        }
    };
    (0..u64::MAX).into_par_iter().try_for_each(work)?;
    Ok(start.elapsed().as_secs_f64())
}

/// Does some steps, each of which takes a while, in two halves. Tells how many it did.
#[node(id = "probe:context:work", group = ALL, side_effects)]
#[layout(steps, milliseconds)]
pub fn work(ctx: &Context, steps: u32, milliseconds: u32) -> Result<u32, NodeError> {
    let half = steps / 2;
    for (part, count) in [(ctx.part(0.0..0.5), half), (ctx.part(0.5..1.0), steps - half)] {
        let progress = part.steps(count as usize);
        for _ in 0..count {
            std::thread::sleep(Duration::from_millis(milliseconds.into()));
            progress.step()?;
        }
    }
    Ok(steps)
}

/// Says what is set.
#[node(id = "probe:context:settings", group = ALL)]
pub fn settings(ctx: &Context) -> String {
    format!("{:?}", ctx.settings::<ProbeSettings>())
}

/// Keeps a text; gives the folder it is in.
#[node(id = "probe:context:keep", group = ALL)]
pub fn keep(ctx: &Context, text: String) -> Result<DirPath, NodeError> {
    let folder = ctx.storage_dir()?;
    fs::write(folder.join("kept.txt"), text)?;
    Ok(folder.into())
}

/// Notes in a file that it ran, and when all is over that it was.
#[node(id = "probe:context:leave", group = ALL, side_effects)]
pub fn leave(ctx: &Context, path: String, fails: bool) -> Result<(), NodeError> {
    fs::write(&path, "ran")?;
    ctx.on_cleanup(move || {
        // Nobody could be told.
        let _ = fs::write(path, "ran and cleaned up");
    });
    if fails { Err(NodeError::new("it fails")) } else { Ok(()) }
}

/// Counts; each number takes a while, unless the run is stopped.
#[node(id = "probe:context:ticks", group = ALL, length = "$to")]
pub fn ticks(ctx: &Context, to: u32, milliseconds: u32) -> Generator<u32> {
    let ctx = ctx.clone();
    let held = crate::sequences::Held::new();
    let tick = move |number| {
        let _ = &held;
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(milliseconds.into()) {
            ctx.check()?;
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok::<_, Aborted>(number)
    };
    Generator::new(to as usize, (0..to).map(tick))
}

/// Adds; each number takes a while, unless the run is stopped.
#[node(id = "probe:context:slow_sum", group = ALL)]
pub fn slow_sum(ctx: &Context, numbers: Items<u32>, milliseconds: u32) -> Result<u32, NodeError> {
    let _held = crate::sequences::Held::new();
    let mut sum = 0;
    for number in numbers {
        sum += number;
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(milliseconds.into()) {
            ctx.check()?;
            std::thread::sleep(Duration::from_millis(1));
        }
        ctx.progress(f64::from(number) / 100.0)?;
    }
    Ok(sum)
}

/// Takes one of two, and asks for no other; gives the width of an image if there is one.
#[node(id = "probe:context:pick", group = ALL)]
pub fn pick(
    second: bool,
    #[input(range = -10.0..=10.0)] first_number: Lazy<f64>,
    second_number: Lazy<Option<f64>>,
    image: Lazy<Option<Image>>,
) -> Result<(f64, u32), NodeError> {
    if second {
        return Ok((second_number.get()?.unwrap_or(-1.0), 0));
    }
    Ok((first_number.get()?, image.get()?.map_or(0, |image| image.width() as u32)))
}

/// How to go wrong in the midst of work.
#[derive(Choice)]
pub enum Accident {
    None,
    Panic,
    PanicOnAWorker,
    NodeError,
    NotANumber,
}

/// Takes much, and goes wrong as asked.
#[node(id = "probe:context:accident", group = ALL)]
#[output(channels = 3)]
pub fn accident(
    ctx: &Context,
    #[input(channels = 3)] image: ImageView<'_>,
    how: Accident,
    #[input(range = 0..=10)] steps: u32,
    #[input(range = 0.0..=1.0)] amount: f64,
    file: Option<FilePath>,
) -> Result<Image, NodeError> {
    let _ = file;
    let progress = ctx.steps(steps as usize);
    for _ in 0..steps {
        std::thread::sleep(Duration::from_millis(1));
        progress.step()?;
    }
    match how {
        Accident::None => Ok(image.to_image()),
        Accident::Panic => panic!("by accident"),
        Accident::PanicOnAWorker => {
            rayon::scope(|scope| scope.spawn(|_| panic!("by accident, on a worker")));
            unreachable!("the panic is passed on")
        }
        Accident::NodeError => Err(NodeError::new("an accident")),
        Accident::NotANumber => {
            let mut image = image.to_image();
            image.samples_mut().iter_mut().for_each(|sample| *sample = (*sample - amount as f32) / 0.0);
            Ok(image)
        }
    }
}
