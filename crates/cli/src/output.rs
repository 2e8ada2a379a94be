//! Standard output, standard error, and files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;

use crate::escape::Escaped;
use crate::finding::Finding;
use crate::input::is_standard_input;

/// Headings and names.
pub(crate) const STRONG: Style = Style::new().bold();
/// What matters least.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// News between good and bad.
pub(crate) const CAREFUL: Style = anstyle::AnsiColor::Yellow.on_default().bold();
/// Good news.
pub(crate) const GOOD: Style = anstyle::AnsiColor::Green.on_default().bold();
/// Bad news.
pub(crate) const BAD: Style = anstyle::AnsiColor::Red.on_default().bold();

/// A standard stream, or what stands for one. When its reader has gone away, what is written is dropped in silence, and
/// [`is_gone`](Self::is_gone) says so: that is how people end a listing, no error.
pub(crate) struct Output<W = Box<dyn Write>> {
    stream: W,
    is_coloured: bool,
    is_gone: bool,
}

impl Output {
    pub(crate) fn stdout() -> Self {
        let choice = AutoStream::choice(&stdout());
        Self::new(stdout(), choice, |stream, choice| Box::new(BufWriter::new(AutoStream::new(stream, choice))))
    }

    pub(crate) fn stderr() -> Self {
        let choice = AutoStream::choice(&stderr());
        Self::new(stderr(), choice, |stream, choice| Box::new(BufWriter::new(AutoStream::new(stream, choice))))
    }

    /// `coloured` adapts a stream to terminals that need it; others are written to directly, for speed.
    fn new<S: Write + 'static>(
        stream: S,
        choice: ColorChoice,
        coloured: impl FnOnce(S, ColorChoice) -> Box<dyn Write>,
    ) -> Self {
        let is_coloured = choice != ColorChoice::Never;
        let stream =
            if is_coloured { coloured(stream, choice) } else { Box::new(BufWriter::with_capacity(1 << 16, stream)) };
        Self { stream, is_coloured, is_gone: false }
    }
}

impl<W: Write> Output<W> {
    /// Text without colours, written as it comes.
    pub(crate) const fn plain(stream: W) -> Self {
        Self { stream, is_coloured: false, is_gone: false }
    }

    /// Whether nobody reads any more.
    pub(crate) const fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// The style where colours are wanted, otherwise none.
    pub(crate) const fn style(&self, style: Style) -> Style {
        if self.is_coloured { style } else { Style::new() }
    }

    /// A finding, and what to do about it.
    pub(crate) fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let (bad, faint) = (self.style(BAD), self.style(FAINT));
        writeln!(self, "{bad}error{bad:#}: {}", Escaped(finding))?;
        if !finding.help.is_empty() {
            writeln!(self, "  {faint}help{faint:#}: {}", Escaped(&finding.help))?;
        }
        Ok(())
    }

    fn unless_gone<T>(&mut self, result: io::Result<T>, otherwise: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_gone = true;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_gone {
            return Ok(bytes.len());
        }
        let result = self.stream.write(bytes);
        self.unless_gone(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_gone {
            return Ok(());
        }
        let result = self.stream.flush();
        self.unless_gone(result, ())
    }
}

/// Where a result goes.
#[derive(Clone, Debug)]
pub(crate) enum Destination {
    /// `-`.
    StandardOutput,
    /// A file.
    File(PathBuf),
}

impl From<&Path> for Destination {
    fn from(path: &Path) -> Self {
        if path == Path::new("-") { Self::StandardOutput } else { Self::File(path.to_owned()) }
    }
}

impl Destination {
    /// Refuses to write what is no text to a terminal.
    pub(crate) fn refuse_terminal(&self) -> Result<(), Box<Finding>> {
        if matches!(self, Self::StandardOutput) && stdout().is_terminal() {
            return Err(Finding::of_usage("standard output is a terminal: give a file with `-o`, or redirect").into());
        }
        Ok(())
    }

    /// Refuses to write over a file that is read.
    pub(crate) fn refuse_inputs<'p>(&self, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Box<Finding>> {
        // What is no file, such as a terminal, can be both.
        let Self::File(path) = self else { return Ok(()) };
        let Some(target) = fs::canonicalize(path).ok().filter(|target| target.is_file()) else { return Ok(()) };
        let mut inputs = inputs.into_iter().filter(|input| !is_standard_input(input));
        if inputs.any(|input| fs::canonicalize(input).is_ok_and(|input| input == target)) {
            let file = path.to_string_lossy().into_owned();
            return Err(Finding { file, ..Finding::of_usage("the file to write is one of those to read") }.into());
        }
        Ok(())
    }

    /// Writes all of it. A file is either replaced by a whole one or left as it was.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Box<Finding>> {
        match self {
            Self::StandardOutput => {
                let mut output = Output::stdout();
                output
                    .write_all(bytes)
                    .and_then(|()| output.flush())
                    .map_err(|error| Finding::of_access(Path::new("-"), "write to standard output", &error).into())
            }
            Self::File(path) => replace(path, bytes),
        }
    }
}

/// Writes beside the file, brings it to the disk, and gives it the file's name.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Box<Finding>> {
    let failed = |tried: &'static str| move |error: io::Error| Box::new(Finding::of_access(path, tried, &error));
    // A name that leads elsewhere keeps doing so.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        // A device or a pipe has no bytes to lose, and must not be replaced by a file.
        let mut file = File::options().write(true).open(&target).map_err(failed("open for writing"))?;
        return file.write_all(bytes).map_err(failed("write"));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".channel-file-");
    // A temporary file is its owner's alone; this one is to become a file like others.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    fs::metadata(folder).map_err(failed("find the folder to write it in"))?;
    let mut file = builder.tempfile_in(folder).map_err(failed("make a temporary file in its folder"))?;
    file.write_all(bytes).map_err(failed("write"))?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions()).map_err(failed("set the permissions"))?;
    }
    file.as_file().sync_all().map_err(failed("bring to the disk"))?;
    file.persist(&target).map_err(|error| failed("replace")(error.error))?;
    // The new name has to reach the disk too, where folders can be opened.
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("bring the folder to the disk"))?;
    Ok(())
}
