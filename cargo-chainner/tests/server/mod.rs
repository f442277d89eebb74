//! A small web server: answers requests for paths, and remembers them.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
};

/// What is answered: the status, the type and the contents.
pub(crate) type Answer = (u16, &'static str, Vec<u8>);

/// A server that runs as long as the test program.
pub(crate) struct Server {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers with what a function makes of the path and the head of the request.
    pub(crate) fn start(answer: impl Fn(&str, &str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (answer, kept) = (Arc::new(answer), Arc::clone(&seen));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, kept) = (Arc::clone(&answer), Arc::clone(&kept));
                thread::spawn(move || serve(stream, &*answer, &kept));
            }
        });
        Self { address, seen }
    }

    /// Answers with the files of a directory, as a plain web server does.
    pub(crate) fn of_directory(root: PathBuf) -> Self {
        Self::start(move |path, _| {
            let path = root.join(path.trim_start_matches('/'));
            let path = if path.is_dir() { path.join("index.html") } else { path };
            let mime = if path.extension().is_some_and(|one| one == "html") {
                "text/html"
            } else {
                "application/octet-stream"
            };
            match fs::read(&path) {
                Ok(contents) => (200, mime, contents),
                Err(_) => (404, "text/plain", b"not here".to_vec()),
            }
        })
    }

    /// The paths of the requests so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&str, &str) -> Answer, seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) <= 2 {
            break;
        }
        head += &line;
    }
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    seen.lock().expect("no panic").push(path.clone());
    let (status, mime, body) = answer(&path, &head);
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status} Answer\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    if method != "HEAD" {
        let _ = stream.write_all(&body);
    }
}
