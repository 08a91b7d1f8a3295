package io.lanewise.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  private SafetensorsFile roundTrip(SafetensorsFile file) throws IOException {
    Path path = folder.resolve("round.safetensors");
    Safetensors.write(path, file);
    return Safetensors.read(path);
  }

  private static int[] bits(Tensor t) {
    int[] bits = new int[t.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(t.array()[t.offset() + i]);
    }
    return bits;
  }

  @Test
  void roundTripKeepsNamesOrderShapesAndBits() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", Tensor.of(Shape.of(2, 3), 1, -2, 3, -0f, Float.MIN_VALUE, 1e30f));
    tensors.put("scalar", Tensor.of(Shape.of(), 7));
    tensors.put("empty", Tensor.zeros(3, 0, 2));
    tensors.put("Größe 尺寸 😀 \"\\\n", Tensor.of(Shape.of(1), 4));
    tensors.put("", Tensor.of(Shape.of(1, 1, 1, 1), 5));
    tensors.put(
        "nan",
        Tensor.of(
            Shape.of(4),
            Float.intBitsToFloat(0x7fc01234),
            Float.intBitsToFloat(0xffc00001),
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("änderung", "zwei\nZeilen 😀");
    metadata.put("a", "");

    SafetensorsFile back = roundTrip(new SafetensorsFile(tensors, metadata));

    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(back.tensors().keySet()));
    assertEquals(List.copyOf(metadata.entrySet()), List.copyOf(back.metadata().entrySet()));
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      Tensor got = back.tensor(e.getKey());
      assertEquals(e.getValue().shape(), got.shape(), e.getKey());
      assertArrayEquals(bits(e.getValue()), bits(got), e.getKey());
    }
  }

  @Test
  void nothingAtAllRoundTrips() throws IOException {
    SafetensorsFile back = roundTrip(SafetensorsFile.of(Map.of()));
    assertEquals(Map.of(), back.tensors());
    assertEquals(Map.of(), back.metadata());
  }

  @Test
  void tensorLargerThanOnePieceRoundTripsFromAWindow() throws IOException {
    int n = (1 << 19) + 77; // two of the reader's and writer's pieces, and a rest
    float[] values = new float[n + 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.25f;
    }
    SafetensorsFile file = SafetensorsFile.of(Map.of("w", Tensor.wrap(Shape.of(n), values, 3)));
    float[] got = roundTrip(file).tensor("w").toArray();
    for (int i = 0; i < n; i++) {
      assertEquals(values[i + 3], got[i], "element " + i);
    }
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    Path path = folder.resolve("exact.safetensors");
    Safetensors.write(
        path, new SafetensorsFile(Map.of("abc", Tensor.of(Shape.of(2), 1, -2)), Map.of("k", "v")));
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"abc\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}       ";
    byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
    assertArrayEquals(
        RawFile.of(header.getBytes(StandardCharsets.UTF_8), data), Files.readAllBytes(path));
  }

  @Test
  void dataBeginsAtAMultipleOfEight() throws IOException {
    Path path = folder.resolve("aligned.safetensors");
    for (int n = 1; n <= 16; n++) {
      Safetensors.write(path, SafetensorsFile.of(Map.of("n".repeat(n), Tensor.zeros(1))));
      long header =
          ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertEquals(0, header % 8, "name of " + n);
      assertEquals(8 + header + 4, Files.size(path));
    }
  }

  @Test
  void otherTypesConvert() throws IOException {
    String header =
        """
        {"d":{"dtype":"F64","shape":[4],"data_offsets":[10,42]},
         "h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},
         "b":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}}
        """;
    ByteBuffer data = ByteBuffer.allocate(42).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0x8001).putShort((short) 0xfc00);
    data.putShort((short) 0xbfc0).putShort((short) 0x7f80);
    data.putDouble(0.1).putDouble(1e300).putDouble(1 + 0x1p-24).putDouble(1e-300);
    SafetensorsFile file =
        Safetensors.read(
            RawFile.write(
                folder, RawFile.of(header.getBytes(StandardCharsets.UTF_8), data.array())));

    assertEquals(List.of("d", "h", "b"), List.copyOf(file.tensors().keySet()));
    assertArrayEquals(
        new float[] {0.1f, Float.POSITIVE_INFINITY, 1, 0}, file.tensor("d").toArray());
    assertArrayEquals(
        new float[] {1, -0x1p-24f, Float.NEGATIVE_INFINITY}, file.tensor("h").toArray());
    assertArrayEquals(new float[] {-1.5f, Float.POSITIVE_INFINITY}, file.tensor("b").toArray());
  }

  @Test
  void fieldsMayComeInAnyOrderAndEmptyTensorsAnywhere() throws IOException {
    String header =
        """
        {"e":{"data_offsets":[4,4],"shape":[0],"dtype":"F32"},
         "a":{"shape":[],"dtype":"F32","data_offsets":[0,4]},
         "f":{"dtype":"F32","shape":[5,0],"data_offsets":[0,0]},
         "__metadata__":{}}
        """;
    SafetensorsFile file = Safetensors.read(RawFile.write(folder, RawFile.of(header, 4)));
    assertEquals(Shape.of(5, 0), file.tensor("f").shape());
    assertEquals(Shape.of(), file.tensor("a").shape());
    assertEquals(0, file.tensor("e").size());
  }

  @Test
  void contentsCannotBeChangedFromOutside() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Map.of("a", Tensor.zeros(1)));
    SafetensorsFile file = SafetensorsFile.of(tensors);
    tensors.clear();
    assertEquals(1, file.tensors().size());
    assertThrows(UnsupportedOperationException.class, () -> file.tensors().clear());
    assertThrows(UnsupportedOperationException.class, () -> file.metadata().put("a", "b"));
  }

  @Test
  void badContentsAreRefused() {
    Tensor t = Tensor.zeros(1);
    assertMessage(
        "no tensor may be named __metadata__", () -> SafetensorsFile.of(Map.of("__metadata__", t)));
    assertMessage(
        "tensor name 'a\\ud800' is not Unicode text",
        () -> SafetensorsFile.of(Map.of("a\ud800", t)));
    assertMessage(
        "metadata value '\\udc00' is not Unicode text",
        () -> new SafetensorsFile(Map.of(), Map.of("k", "\udc00")));
    assertMessage(
        "no tensor named 'b'; there are 1: 'a'",
        () -> SafetensorsFile.of(Map.of("a", t)).tensor("b"));
  }

  @Test
  void headerBeyondTheFormatsLimitIsRefusedBeforeTheFileIsTouched() throws IOException {
    Path path = Files.writeString(folder.resolve("old.safetensors"), "old");
    String long50 = "x".repeat(50_000_000);
    SafetensorsFile file = new SafetensorsFile(Map.of(), Map.of("a", long50, "b", long50));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(path, file));
    assertTrue(e.getMessage().endsWith("the format allows 100000000"), e.getMessage());
    assertEquals("old", Files.readString(path));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
