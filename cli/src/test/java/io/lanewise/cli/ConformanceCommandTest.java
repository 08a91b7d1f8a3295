package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void threeCases() throws IOException {
    write("abs_right", "Abs", new float[] {-1, 2}, new float[] {1, 2});
    write("abs_wrong", "Abs", new float[] {-1, 2}, new float[] {1, 3});
    write("unheard_of", "Frobnicate", new float[] {1}, new float[] {1});
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failuresAndRefusalsAreTold(boolean host) {
    CommandRun run =
        host
            ? CommandRun.of("conformance", folder, "--list", "--host")
            : CommandRun.of("conformance", folder, "--list");
    assertEquals(1, run.code());
    String text = run.out();
    assertTrue(text.contains("passed         abs_right\n"), text);
    assertTrue(
        text.contains(
            "FAILED         abs_wrong: test_data_set_0, output 'y': element 1 of float[2]:"
                + " expected 3.0, got 2.0\n"),
        text);
    assertTrue(text.contains("not supported  unheard_of: "), text);
    assertTrue(text.contains("Frobnicate"), text);
    assertTrue(text.contains("\n1 passed, 1 failed, 1 not supported, in "), text);
  }

  @Test
  void casesAreChosen() {
    String text = CommandRun.of("conformance", folder, "--only", "a*right").succeeded().out();
    assertTrue(text.startsWith("1 passed, 0 failed, 0 not supported, in "), text);
    CommandRun.of("conformance", folder.resolve("abs_right")).succeeded();
    CommandRun.of("conformance", folder, "--only", "x*y").failedWith("no case like 'x*y'");
  }

  @Test
  void foldersWithoutCases() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun.of("conformance", empty).failedWith("no folder with a model.onnx", "empty");
    CommandRun.of("conformance", folder.resolve("nowhere")).failedWith("nowhere", "does not exist");
    CommandRun.of("conformance").refusedWith("Missing required parameter", "DIR");
  }

  /** A model of one node from x to y, both vectors of floats, opset 13. */
  private void write(String name, String op, float[] x, float[] y) throws IOException {
    Path set = Files.createDirectories(folder.resolve(name).resolve("test_data_set_0"));
    byte[] node = join(text(1, "x"), text(2, "y"), text(4, op));
    byte[] graph =
        join(part(1, node), text(2, "g"), part(11, vector("x", x)), part(12, vector("y", y)));
    byte[] model = join(number(1, 7), part(7, graph), part(8, number(2, 13)));
    Files.write(folder.resolve(name).resolve("model.onnx"), model);
    Files.write(set.resolve("input_0.pb"), tensor(x));
    Files.write(set.resolve("output_0.pb"), tensor(y));
  }

  private static byte[] vector(String name, float[] values) {
    byte[] shape = part(1, number(1, values.length));
    return join(text(1, name), part(2, part(1, join(number(1, 1), part(2, shape)))));
  }

  private static byte[] tensor(float[] values) {
    byte[] message = join(number(1, values.length), number(2, 1));
    for (float v : values) {
      int bits = Float.floatToIntBits(v);
      byte[] raw = {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
      message = join(message, new byte[] {4 << 3 | 5}, raw);
    }
    return message;
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), (byte) value};
  }

  private static byte[] text(int field, String text) {
    return part(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] part(int field, byte[] content) {
    return join(new byte[] {(byte) (field << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] p : parts) {
      all.writeBytes(p);
    }
    return all.toByteArray();
  }
}
