package io.lanewise.cli.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.cli.page.ReportNotWrittenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFileTest {

  @TempDir Path folder;

  @Test
  void replacesTheOldPageAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("bench.html");
    Files.writeString(file, "old");
    BenchPage.write(ExampleBench.resnet(), file);
    assertEquals(BenchPage.render(ExampleBench.resnet()), Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void missingFolderIsNamed() {
    Path file = folder.resolve("no").resolve("bench.html");
    ReportNotWrittenException e =
        assertThrows(
            ReportNotWrittenException.class, () -> BenchPage.write(ExampleBench.resnet(), file));
    assertEquals("cannot write the report " + file + ": its folder does not exist", e.getMessage());
    assertEquals(file, e.file());
  }
}
