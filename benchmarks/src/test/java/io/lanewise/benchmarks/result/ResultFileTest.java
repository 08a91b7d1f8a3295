package io.lanewise.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFileTest {
  private static String example() throws IOException {
    try (InputStream in = ResultFileTest.class.getResourceAsStream("example.json")) {
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
        "\"version\" : 1        | \"version\" : 2       | f: expected a bench result of version 1, got version 2",
        "\"version\" : 1        | \"version\" : \"1\"   | expected a bench result of version 1, got version \"1\"",
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
