package io.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.cli.page.ReportNotWrittenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

  @TempDir Path folder;

  @Test
  void replacesTheOldReportAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    ReportPage.write(ExampleReport.digits(), file);
    assertEquals(ReportPage.render(ExampleReport.digits()), Files.readString(file));
    assertEquals(List.of("report.html"), names());
  }

  @Test
  void missingFolderIsNamed() throws IOException {
    Path file = folder.resolve("no").resolve("report.html");
    ReportNotWrittenException e = assertFails(file);
    assertTrue(e.getMessage().endsWith("its folder does not exist"), e.getMessage());
    assertEquals(file, e.file());
    assertEquals(List.of(), names());
  }

  @Test
  void folderThatIsAFile() throws IOException {
    Path notFolder = Files.writeString(folder.resolve("data"), "x");
    ReportNotWrittenException e = assertFails(notFolder.resolve("report.html"));
    assertTrue(e.getMessage().endsWith(notFolder + " is not a folder"), e.getMessage());
  }

  @Test
  void targetThatIsAFolder() throws IOException {
    ReportNotWrittenException e = assertFails(folder);
    assertEquals(
        "cannot write the report " + folder + ": cannot be replaced by a file, as it is not a file",
        e.getMessage());
    assertEquals(List.of(), names());
  }

  /** The process file system takes new files from nobody, not even from root. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void unwritableFolder() {
    ReportNotWrittenException e = assertFails(Path.of("/proc/report.html"));
    assertTrue(e.getMessage().startsWith("cannot write the report /proc/report.html: "));
    assertTrue(e.getMessage().endsWith("no file can be created in its folder"), e.getMessage());
  }

  private static ReportNotWrittenException assertFails(Path file) {
    return assertThrows(
        ReportNotWrittenException.class, () -> ReportPage.write(ExampleReport.empty(), file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
