package io.lanewise.layers.weights;

import static io.lanewise.layers.weights.RawFile.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a file can be wrong has its own message. */
class SafetensorsBrokenTest {
  private static final String SINGLE_QUOTE =
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name";

  @TempDir Path folder;

  private static Arguments bytes(byte[] file, String message) {
    return Arguments.of(message, file);
  }

  private static Arguments header(String header, int dataBytes, String message) {
    return bytes(RawFile.of(header, dataBytes), message);
  }

  static Stream<Arguments> broken() {
    return Stream.of(outside(), json(), entries(), shapes(), offsets(), layouts()).flatMap(s -> s);
  }

  private static Stream<Arguments> outside() {
    byte[] empty = {'{', '}'};
    return Stream.of(
        bytes(new byte[0], "expected at least 8 bytes, got a file of 0"),
        bytes(new byte[7], "expected at least 8 bytes, got a file of 7"),
        bytes(new byte[8], length("0")),
        bytes(RawFile.of(100_000_001, empty, new byte[0]), length("100000001")),
        bytes(RawFile.of(-1, empty, new byte[0]), length("18446744073709551615")),
        bytes(
            "PK\3\4 a zip file".getBytes(StandardCharsets.US_ASCII), length("8800140462016121680")),
        bytes(
            RawFile.of(3, empty, new byte[0]),
            "expected a header of 3 bytes, got a file with only 2 after the length"),
        bytes(
            RawFile.of(1, empty, new byte[0]),
            "the header's JSON ends before its closing brace, after 1 bytes"));
  }

  private static Stream<Arguments> json() {
    return Stream.of(
        bytes(
            RawFile.of(new byte[] {'{', '"', (byte) 0xc3, '"', '}'}, new byte[0]),
            "the header is not UTF-8"),
        bytes(
            RawFile.of(new byte[] {'{', '}', (byte) 0xc3}, new byte[0]), "the header is not UTF-8"),
        bytes(
            RawFile.of("{}".getBytes(StandardCharsets.UTF_16BE), new byte[0]),
            "expected the header to begin with '{', got byte 0"),
        header(" {}", 0, "expected the header to begin with '{', got byte 32"),
        header("[]", 0, "expected the header to begin with '{', got byte 91"),
        header("{'a':1}", 0, json(1, SINGLE_QUOTE)),
        header("{} {}", 0, "expected nothing but spaces after the header's object, got '{'"),
        header("{}5", 0, "expected nothing but spaces after the header's object, got '5'"),
        header("{\"__metadata__\":{},\"__metadata__\":{}}", 0, duplicate(33, "__metadata__")),
        header("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0, duplicate(28, "k")),
        header("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 0, duplicate(27, "dtype")),
        header("{\"\\ud800\":{}}", 0, "name '\\ud800' is not Unicode text"));
  }

  private static Stream<Arguments> entries() {
    return Stream.of(
        header("{\"__metadata__\":5}", 0, "expected __metadata__ to be an object, got '5'"),
        header("{\"__metadata__\":null}", 0, "expected __metadata__ to be an object, got 'null'"),
        header(
            "{\"__metadata__\":{\"epoch\":3}}", 0, "expected metadata 'epoch' to be text, got '3'"),
        header(
            "{\"__metadata__\":{\"x\":{\"y\":\"z\"}}}",
            0,
            "expected metadata 'x' to be text, got '{'"),
        header(
            "{\"__metadata__\":{\"x\":\"\\udc00\"}}",
            0,
            "metadata value '\\udc00' is not Unicode text"),
        header("{\"a\":[]}", 0, "tensor 'a': expected an object, got '['"),
        header("{\"a\":null}", 0, "tensor 'a': expected an object, got 'null'"),
        header(
            "{\"a\":{\"dtype\":\"F32\",\"strides\":[1]}}",
            0,
            "tensor 'a': expected dtype, shape and data_offsets, got field 'strides'"),
        header(
            "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}",
            4,
            "tensor 'a': expected dtype, shape and data_offsets, got no dtype"),
        header(
            "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
            4,
            "tensor 'a': expected dtype, shape and data_offsets, got no shape"),
        header(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
            4,
            "tensor 'a': expected dtype, shape and data_offsets, got no data_offsets"),
        header("{\"a\":{\"dtype\":32}}", 0, "tensor 'a': expected dtype to be text, got '32'"),
        header(tensor("I64", "[1]", "[0,8]"), 8, dtype("I64")),
        header(tensor("f32", "[1]", "[0,4]"), 4, dtype("f32")),
        header(tensor("F8_E4M3", "[1]", "[0,1]"), 1, dtype("F8_E4M3")),
        header("{\"a\\u001b[31m\":[]}", 0, "tensor 'a\\u001b[31m': expected an object, got '['"));
  }

  private static Stream<Arguments> shapes() {
    return Stream.of(
        header(
            tensor("F32", "3", "[0,4]"), 4, "tensor 'a': expected shape to be an array, got '3'"),
        header(tensor("F32", "[-1]", "[0,4]"), 4, whole("shape", "-1")),
        header(tensor("F32", "[1.5]", "[0,4]"), 4, whole("shape", "1.5")),
        header(tensor("F32", "[1.0]", "[0,4]"), 4, whole("shape", "1.0")),
        header(tensor("F32", "[1e0]", "[0,4]"), 4, whole("shape", "1e0")),
        header(tensor("F32", "[\"1\"]", "[0,4]"), 4, whole("shape", "1")),
        header(tensor("F32", "[[1]]", "[0,4]"), 4, whole("shape", "[")),
        header(
            tensor("F32", "[9223372036854775808]", "[0,4]"),
            4,
            whole("shape", "9223372036854775808")),
        header(tensor("F32", "[1099511627776]", "[0,4]"), 4, tooMany("[1099511627776]")),
        header(tensor("F32", "[0, 2147483648]", "[0,0]"), 0, tooMany("[0, 2147483648]")),
        header(tensor("F32", "[65536,65536]", "[0,0]"), 0, tooMany("[65536, 65536]")),
        header(
            tensor("F32", "[2097152,2097152,2097152,2]", "[0,0]"),
            0,
            tooMany("[2097152, 2097152, 2097152, 2]")),
        header(
            tensor("F32", "[" + "1,".repeat(64) + "1]", "[0,4]"),
            4,
            "tensor 'a': expected at most 64 numbers in shape, got more"));
  }

  private static Stream<Arguments> offsets() {
    String a = "tensor 'a': ";
    return Stream.of(
        header(tensor("F32", "[1]", "{}"), 4, a + "expected data_offsets to be an array, got '{'"),
        header(tensor("F32", "[1]", "[-4,0]"), 4, whole("data_offsets", "-4")),
        header(tensor("F32", "[1]", "[0,null]"), 4, whole("data_offsets", "null")),
        header(
            tensor("F32", "[1]", "[0]"),
            4,
            a + "expected two numbers, begin and end, got data_offsets [0]"),
        header(
            tensor("F32", "[1]", "[0,4,8]"),
            8,
            a + "expected at most 2 numbers in data_offsets, got more"),
        header(
            tensor("F32", "[1]", "[4,0]"),
            4,
            a + "expected the begin not to come after the end, got data_offsets [4, 0]"),
        header(
            tensor("F32", "[2]", "[0,8]"),
            4,
            a + "expected an end inside the 4 bytes of data, got data_offsets [0, 8]"),
        header(
            tensor("F32", "[1]", "[9223372036854775803,9223372036854775807]"),
            4,
            a
                + "expected an end inside the 4 bytes of data, got data_offsets"
                + " [9223372036854775803, 9223372036854775807]"),
        header(
            tensor("F32", "[2,3]", "[0,20]"),
            20,
            a + "expected 24 bytes for F32 of shape [2, 3], got data_offsets [0, 20]"),
        header(
            tensor("BF16", "[]", "[0,4]"),
            4,
            a + "expected 2 bytes for BF16 of shape [], got data_offsets [0, 4]"));
  }

  private static Stream<Arguments> layouts() {
    return Stream.of(
        header("{}", 1, "expected tensors to cover all 1 bytes of data, got 1 trailing bytes"),
        header(
            tensor("F32", "[1]", "[0,4]"),
            6,
            "expected tensors to cover all 6 bytes of data, got 2 trailing bytes"),
        header(
            tensor("F32", "[1]", "[4,8]"),
            8,
            "tensor 'a': expected it to begin at 0, got 4: a hole"),
        header(two("[0,4]", "[8,12]"), 12, "tensor 'b': expected it to begin at 4, got 8: a hole"),
        header(two("[0,4]", "[0,4]"), 4, overlap("b", 0, "a")),
        header(two("[0,4]", "[2,6]"), 6, overlap("b", 2, "a")),
        header(two("[3,7]", "[0,4]"), 7, overlap("a", 3, "b")));
  }

  private static String two(String a, String b) {
    String entry = "\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s}";
    return "{" + entry.formatted("a", a) + "," + entry.formatted("b", b) + "}";
  }

  private static String length(String got) {
    return "expected a header of 1 to 100000000 bytes, got a length of "
        + got
        + "; is this a safetensors file?";
  }

  private static String json(int at, String reason) {
    return "the header is not valid JSON at character " + at + ": " + reason;
  }

  private static String duplicate(int at, String field) {
    return json(at, "Duplicate field '" + field + "'");
  }

  private static String dtype(String got) {
    return "tensor 'a': expected dtype F32, F16, BF16 or F64, which can be read as float, got '"
        + got
        + "'";
  }

  private static String whole(String field, String got) {
    return "tensor 'a': expected whole numbers from 0 to 2^63 - 1 in %s, got '%s'"
        .formatted(field, got);
  }

  private static String tooMany(String shape) {
    return "tensor 'a': expected at most 2^31 - 1 elements and no longer dimension, got shape "
        + shape;
  }

  private static String overlap(String tensor, int begin, String other) {
    return "tensor '%s': begins at %d, inside tensor '%s', which ends at 4"
        .formatted(tensor, begin, other);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void brokenFileIsRefusedWithItsMessage(String message, byte[] file) throws IOException {
    Path path = RawFile.write(folder, file);
    SafetensorsException e = assertThrows(SafetensorsException.class, () -> Safetensors.read(path));
    assertEquals(path + ": " + message, e.getMessage());
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = RawFile.of(two("[0,4]", "[4,8]") + "   ", 8);
    Safetensors.read(RawFile.write(folder, whole)); // the whole file is fine
    for (int n = 0; n < whole.length; n++) {
      Path path = RawFile.write(folder, Arrays.copyOf(whole, n));
      SafetensorsException e =
          assertThrows(SafetensorsException.class, () -> Safetensors.read(path), "length " + n);
      assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
    }
  }

  @Test
  void everyWrongByteInTheHeaderIsReadOrRefusedNeverWorse() throws IOException {
    byte[] whole = RawFile.of(two("[0,4]", "[4,8]"), 8);
    int refused = 0;
    for (int at = 0; at < whole.length - 8; at++) {
      for (int wrong : new int[] {0, '"', '}', '9', 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[at] = (byte) wrong;
        try {
          Safetensors.read(RawFile.write(folder, changed));
        } catch (SafetensorsException e) {
          refused++;
        }
      }
    }
    assertTrue(refused > whole.length * 4, "refused only " + refused);
  }

  @Test
  void lieAboutSizeCostsNoMemory() throws IOException {
    String lie = "[4611686018427387904, 4611690416473899008]"; // 2^62, and 2^42 bytes on
    Path path = RawFile.write(folder, RawFile.of(tensor("F32", "[1024,1073741824]", lie), 64));
    assertThrows(SafetensorsException.class, () -> Safetensors.read(path)); // loads classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SafetensorsException e = assertThrows(SafetensorsException.class, () -> Safetensors.read(path));
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 200_000, "took " + bytes + " bytes");
    assertEquals(path + ": " + tooMany("[1024, 1073741824]"), e.getMessage());
  }

  @Test
  void lieAboutLargestTensorCostsNoMemory() throws IOException {
    String header = tensor("F32", "[2147483647]", "[0,8589934588]");
    Path path = RawFile.write(folder, RawFile.of(header, 4));
    assertThrows(SafetensorsException.class, () -> Safetensors.read(path));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThrows(SafetensorsException.class, () -> Safetensors.read(path));
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 200_000, "took " + bytes + " bytes");
  }

  @Test
  void tooManyTensorsAreRefused() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i <= SafetensorsFile.MAX_TENSORS; i++) {
      header
          .append(i == 0 ? "\"" : ",\"")
          .append(i)
          .append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    Path path = RawFile.write(folder, RawFile.of(header + "}", 0));
    SafetensorsException e = assertThrows(SafetensorsException.class, () -> Safetensors.read(path));
    assertEquals(path + ": expected at most 100000 tensors, got more", e.getMessage());
  }

  @Test
  void missingFileAndFolderAreRefused() throws IOException {
    Path missing = folder.resolve("none.safetensors");
    assertEquals(
        missing + ": there is no such file",
        assertThrows(SafetensorsException.class, () -> Safetensors.read(missing)).getMessage());
    assertEquals(
        folder + ": expected a file",
        assertThrows(SafetensorsException.class, () -> Safetensors.read(folder)).getMessage());
    assertTrue(Files.notExists(missing));
  }
}
