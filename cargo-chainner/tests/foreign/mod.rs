//! Small libraries of other systems, written byte by byte, as no tool for them needs to be at hand: Mach-O after `mach-o/loader.h`
//! and `mach-o/nlist.h`, PE after the Microsoft PE and COFF Specification.
#![allow(dead_code, reason = "each test program uses a part of it")]

/// `CPU_TYPE_ARM64`.
pub(crate) const ARM64: u32 = 0x0100_000c;

/// `CPU_TYPE_X86_64`.
pub(crate) const X86_64: u32 = 0x0100_0007;

/// A library for macOS.
pub(crate) struct MachO<'a> {
    pub(crate) machine: u32,
    /// Oldest macOS.
    pub(crate) oldest: Option<(u32, u32)>,
    pub(crate) links: &'a [&'a str],
    pub(crate) run_paths: &'a [&'a str],
    pub(crate) exports: &'a [&'a str],
    pub(crate) imports: &'a [&'a str],
    pub(crate) weak_imports: &'a [&'a str],
    pub(crate) is_signed: bool,
}

impl Default for MachO<'_> {
    fn default() -> Self {
        Self {
            machine: ARM64,
            oldest: Some((11, 0)),
            links: &["/usr/lib/libSystem.B.dylib"],
            run_paths: &[],
            exports: &["PyInit__native"],
            imports: &["Py_IncRef"],
            weak_imports: &[],
            is_signed: true,
        }
    }
}

impl MachO<'_> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        // A command with a text at its end, padded to 8 bytes.
        let named = |command: u32, fields: &[u32], text: &str| {
            let start = 12 + 4 * fields.len();
            let size = (start + text.len() + 1).next_multiple_of(8);
            let mut bytes = words(&[command, size as u32, start as u32]);
            bytes.extend(words(fields));
            bytes.extend(text.as_bytes());
            bytes.resize(size, 0);
            bytes
        };
        let mut commands = vec![named(0xd, &[0, 0, 0], "@rpath/lib.dylib")];
        commands.extend(self.links.iter().map(|link| named(0xc, &[0, 0, 0], link)));
        commands.extend(self.run_paths.iter().map(|path| named(0x8000_001c, &[], path)));
        if let Some((major, minor)) = self.oldest {
            commands.push(words(&[0x32, 24, 1, major << 16 | minor << 8, 0, 0]));
        }

        let (mut symbols, mut strings) = (Vec::new(), vec![0]);
        let groups = [(self.exports, 0x0f, 0), (self.imports, 0x01, 0), (self.weak_imports, 0x01, 0x40_u16)];
        for (names, kind, description) in groups {
            for name in names {
                symbols.extend((strings.len() as u32).to_le_bytes());
                symbols.extend([kind, u8::from(kind == 0x0f)]);
                symbols.extend(description.to_le_bytes());
                symbols.extend([0; 8]);
                strings.extend(format!("_{name}\0").into_bytes());
            }
        }
        let rest = 72 + 24 + if self.is_signed { 16 } else { 0 };
        let start = 32 + commands.iter().map(Vec::len).sum::<usize>() + rest;
        let mut data = symbols.clone();
        data.extend(&strings);
        let signature = start + data.len();
        data.extend([0; 16]);

        let mut segment = words(&[0x19, 72]);
        segment.extend(b"__LINKEDIT\0\0\0\0\0\0");
        for number in [0x4000, 0x4000, start as u64, data.len() as u64] {
            segment.extend(number.to_le_bytes());
        }
        segment.extend(words(&[1, 1, 0, 0]));
        commands.push(segment);
        let table = (start, symbols.len() / 16, start + symbols.len(), strings.len());
        commands.push(words(&[2, 24, table.0 as u32, table.1 as u32, table.2 as u32, table.3 as u32]));
        if self.is_signed {
            commands.push(words(&[0x1d, 16, signature as u32, 16]));
        }
        let size = commands.iter().map(Vec::len).sum::<usize>();
        let mut bytes = words(&[0xfeed_facf, self.machine, 0, 6, commands.len() as u32, size as u32, 0, 0]);
        bytes.extend(commands.concat());
        bytes.extend(data);
        bytes
    }
}

/// A universal library.
pub(crate) fn universal(parts: &[MachO<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut data = Vec::new();
    let start = 8 + 20 * parts.len();
    for word in [0xcafe_babe, parts.len() as u32] {
        bytes.extend(word.to_be_bytes());
    }
    for part in parts {
        let contents = part.bytes();
        for word in [part.machine, 0, (start + data.len()) as u32, contents.len() as u32, 3] {
            bytes.extend(word.to_be_bytes());
        }
        data.extend(contents);
    }
    bytes.extend(data);
    bytes
}

/// A library for Windows.
pub(crate) struct Pe<'a> {
    pub(crate) machine: u16,
    pub(crate) exports: &'a [&'a str],
    /// Libraries with the names that are needed of them.
    pub(crate) imports: &'a [(&'a str, &'a [&'a str])],
}

impl Default for Pe<'_> {
    fn default() -> Self {
        Self {
            machine: 0x8664,
            exports: &["PyInit__native"],
            imports: &[("python3.dll", &["Py_IncRef"]), ("KERNEL32.dll", &["CreateFileW"])],
        }
    }
}

impl Pe<'_> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        const FILE: usize = 0x400;
        const MEMORY: u32 = 0x1000;
        let mut data: Vec<u8> = Vec::new();
        let push = |data: &mut Vec<u8>, bytes: &[u8]| {
            data.resize(data.len().next_multiple_of(8), 0);
            let address = MEMORY + data.len() as u32;
            data.extend(bytes);
            address
        };
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let text = |data: &mut Vec<u8>, text: &str| push(data, format!("{text}\0").as_bytes());

        let mut descriptors = Vec::new();
        for (library, names) in self.imports {
            let mut thunks: Vec<u8> = Vec::new();
            for name in *names {
                let mut hint = vec![0, 0];
                hint.extend(format!("{name}\0").into_bytes());
                thunks.extend(u64::from(push(&mut data, &hint)).to_le_bytes());
            }
            thunks.extend([0; 8]);
            let (lookup, addresses) = (push(&mut data, &thunks), push(&mut data, &thunks));
            let name = text(&mut data, library);
            descriptors.extend(words(&[lookup, 0, 0, name, addresses]));
        }
        descriptors.extend([0; 20]);
        let imports = (push(&mut data, &descriptors), descriptors.len() as u32);

        let names: Vec<u32> = self.exports.iter().map(|name| text(&mut data, name)).collect();
        let count = names.len() as u32;
        let functions = push(&mut data, &words(&vec![MEMORY; names.len()]));
        let names = push(&mut data, &words(&names));
        let ordinals: Vec<u8> = (0..count as u16).flat_map(u16::to_le_bytes).collect();
        let ordinals = push(&mut data, &ordinals);
        let name = text(&mut data, "native.dll");
        let table = words(&[0, 0, 0, name, 1, count, count, functions, names, ordinals]);
        let exports = (push(&mut data, &table), table.len() as u32);
        data.resize(data.len().next_multiple_of(0x200), 0);

        let mut bytes = b"MZ".to_vec();
        bytes.resize(0x3c, 0);
        bytes.extend(0x80_u32.to_le_bytes());
        bytes.resize(0x80, 0);
        bytes.extend(b"PE\0\0");
        bytes.extend(self.machine.to_le_bytes());
        bytes.extend(1_u16.to_le_bytes());
        bytes.extend([0; 12]);
        bytes.extend(240_u16.to_le_bytes());
        bytes.extend(0x2022_u16.to_le_bytes());
        let optional = bytes.len();
        bytes.extend(0x20b_u16.to_le_bytes());
        bytes.resize(optional + 24, 0);
        bytes.extend(0x1_8000_0000_u64.to_le_bytes());
        bytes.extend(words(&[0x1000, 0x200]));
        bytes.resize(optional + 56, 0);
        bytes.extend(words(&[0x1000 + data.len() as u32, FILE as u32]));
        bytes.resize(optional + 108, 0);
        bytes.extend(words(&[16, exports.0, exports.1, imports.0, imports.1]));
        bytes.resize(optional + 240, 0);
        bytes.extend(b".rdata\0\0");
        bytes.extend(words(&[data.len() as u32, MEMORY, data.len() as u32, FILE as u32, 0, 0, 0, 0x4000_0040]));
        bytes.resize(FILE, 0);
        bytes.extend(data);
        bytes
    }
}
