package io.lanewise.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFileTest {
  private static String example() throws IOException {
    return resource("example.json");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ResultFileTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The file is what others start from: it stays what the tool writes. */
  @Test
  void theExampleIsWhatIsWritten() throws IOException {
    assertEquals(example(), ResultFile.format(ExampleResult.make()));
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bench.json");
    ResultFile.write(ExampleResult.make(), file);
    assertEquals(ExampleResult.make(), ResultFile.read(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\" : 2        | \"version\" : 3       | f: expected a bench result of version 2, got version 3",
        "\"version\" : 2        | \"version\" : \"2\"   | expected a bench result of version 2, got version \"2\"",
        "\"cores\" : 2          | \"cores\" : 0         | host: cores must be at least 1, got 0",
        "\"cores\" : 2          | \"cores\" : 2.5       | host.cores",
        "\"cores\" : 2          | \"cores\" : \"2\"     | host.cores",
        "\"cores\" : 2          | \"cores\" : null      | host.cores",
        "\"cores\" : 2          | \"cores\" : 2, \"kernels\" : 2 | Unrecognized field \"kernels\"",
        "\"cores\" : 2          | \"cores\" : 2, \"cores\" : 2 | Duplicate field 'cores'",
        "\"cores\" : 2,         | ``                    | the field 'cores' is missing",
        "2026-11-22T05:30:00Z   | yesterday             | date must be like 2026-11-22T05:30:00Z, got 'yesterday'",
        "\"op\" : \"conv\"      | \"op\" : \"convolve\" | rows[0].op",
        "\"level\" : \"L3\"     | \"level\" : \"L9\"    | rows[0].level",
        "\"round\" : 2          | \"round\" : 1         | fork 1, round 1 comes twice",
        "\"round\" : 2          | \"round\" : -1        | rows[0].samples[1]: round must be at least 1, got -1",
        "\"rmsError\" : 4.3E-8 | \"rmsError\" : -1   | rmsError must be at least 0 and finite, got -1.0",
        "\"allocatedBytes\" : 0 | \"allocatedBytes\" : -8 | allocatedBytes must be at least 0, got -8",
        "\"allocatedBytes\" : 0, | ``                | the field 'allocatedBytes' is missing",
        "\"batches\" : [ ]      | \"batches\" : [ 0 ] | batches must be at least 1, got 0",
        "\"variant\" : \"im2col\" | \"variant\" : \"\"  | variant must not be blank"
      })
  void whatIsWrongIsToldWithItsPlace(String right, String wrong, String message)
      throws IOException {
    String json = example();
    assertTrue(json.contains(right), right);
    int at = json.indexOf(right);
    String broken = json.substring(0, at) + wrong + json.substring(at + right.length());
    ResultFileException e =
        assertThrows(ResultFileException.class, () -> ResultFile.parse(broken, "f"));
    assertTrue(e.getMessage().startsWith("f: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  /** What was recorded before errors' mean squares and allocations were stays readable. */
  @Test
  void resultsOfVersion1AreRead() throws IOException {
    String old = resource("example-version-1.json");
    BenchResult now = ExampleResult.make();
    BenchResult read = ResultFile.parse(old, "f");
    assertEquals(BenchResult.VERSION, read.version());
    assertEquals(now.settings(), read.settings());
    assertEquals(now.rows().size(), read.rows().size());
    for (int i = 0; i < now.rows().size(); i++) {
      Row row = read.rows().get(i);
      assertEquals(now.rows().get(i).key(), row.key());
      assertEquals(now.rows().get(i).samples(), row.samples());
      assertEquals(now.rows().get(i).worstError(), row.worstError());
      assertNull(row.rmsError());
      assertNull(row.allocatedBytes());
    }
    assertEquals(
        List.of(8),
        ResultFile.parse(old.replace("\"batch\" : null", "\"batch\" : 8"), "f")
            .settings()
            .batches());
    String broken = old.replace("\"cores\" : 2", "\"cores\" : 0");
    ResultFileException e =
        assertThrows(ResultFileException.class, () -> ResultFile.parse(broken, "f"));
    assertTrue(e.getMessage().contains("cores must be at least 1, got 0"), e.getMessage());
    for (String wrong : List.of("{\"version\":1}", "{\"version\":1,\"rows\":[1],\"settings\":2}")) {
      assertThrows(ResultFileException.class, () -> ResultFile.parse(wrong, "f"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | got version", "{ | line 1", "[] | got version", "null | got version"})
  void otherFilesAreRefused(String text, String message) {
    ResultFileException e =
        assertThrows(ResultFileException.class, () -> ResultFile.parse(text, "f"));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void whatIsNoTextOrTooMuchIsRefusedByName(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xE4});
    assertRefused(latin, "expected text in UTF-8, got other bytes");
    Path large = folder.resolve("large.json");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength((64 << 20) + 1);
    }
    assertRefused(large, "expected at most 67108864 bytes, got more");
    assertRefused(folder, "is a folder");
    assertThrows(NoSuchFileException.class, () -> ResultFile.read(folder.resolve("none")));
  }

  private static void assertRefused(Path file, String why) {
    FileSystemException e = assertThrows(FileSystemException.class, () -> ResultFile.read(file));
    assertEquals(file + ": " + why, e.getMessage());
  }

  @Test
  void aCutOffFileIsRefused(@TempDir Path folder) throws IOException {
    String json = example();
    Path file = Files.writeString(folder.resolve("cut.json"), json.substring(0, 5000));
    ResultFileException e = assertThrows(ResultFileException.class, () -> ResultFile.read(file));
    assertTrue(e.getMessage().startsWith(file + ": line "), e.getMessage());
    assertThrows(ResultFileException.class, () -> ResultFile.parse(json + "{}", "f"));
  }
}
