package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lanewise.onnx.model.OnnxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalDataTest {
  @TempDir private Path outside;
  private Path folder;

  /** outside/secret.bin and outside/models/w.bin hold the floats 0, 1, 2, 3. */
  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectories(outside.resolve("models/sub")).getParent();
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 4; i++) {
      data.putFloat(i);
    }
    Files.write(folder.resolve("w.bin"), data.array());
    Files.write(folder.resolve("sub/w.bin"), data.array());
    Files.write(outside.resolve("secret.bin"), data.array());
    Files.write(outside.resolve("models-w.bin"), data.array());
  }

  private static TensorProto.Builder tensor(String location, String offset, String length) {
    TensorProto.Builder t =
        Protos.tensor("w", DataType.FLOAT, 2).setDataLocation(DataLocation.EXTERNAL);
    entry(t, "location", location);
    entry(t, "offset", offset);
    entry(t, "length", length);
    return t;
  }

  private static void entry(TensorProto.Builder t, String key, String value) {
    if (value != null) {
      t.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }
  }

  private Path model(TensorProto.Builder... tensors) throws IOException {
    GraphProto.Builder g = Protos.relu();
    for (int i = 0; i < tensors.length; i++) {
      g.addInitializer(tensors[i].setName("w" + i));
    }
    return Files.write(folder.resolve("m.onnx"), Protos.model(g).build().toByteArray());
  }

  private float[] read(TensorProto.Builder tensor) throws IOException {
    return new OnnxReader().read(model(tensor)).graph().initializers().get("w0").floats();
  }

  @Test
  void isReadFromTheModelsFolder() throws IOException {
    assertArrayEquals(new float[] {0, 1}, read(tensor("w.bin", null, null)));
    assertArrayEquals(new float[] {1, 2}, read(tensor("w.bin", "4", "8")));
    assertArrayEquals(new float[] {2, 3}, read(tensor("./sub/w.bin", "8", null)));
  }

  @Test
  void aChecksumIsThatOfTheWholeFile() throws Exception {
    byte[] all = Files.readAllBytes(folder.resolve("w.bin"));
    String sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(all));
    for (String told : List.of(sha1, sha1.toUpperCase(Locale.ROOT))) {
      TensorProto.Builder w = tensor("w.bin", "4", null);
      entry(w, "checksum", told);
      assertArrayEquals(new float[] {1, 2}, read(w));
    }
    TensorProto.Builder w = tensor("w.bin", null, null);
    entry(w, "checksum", "0".repeat(40));
    OnnxException e = assertThrows(OnnxException.class, () -> read(w));
    assertTrue(
        e.getMessage().contains("with the SHA-1 checksum '" + "0".repeat(40) + "', got one with "),
        e.getMessage());
    assertTrue(e.getMessage().endsWith(sha1), e.getMessage());
  }

  @Test
  void isReadFromAFolderThatIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(model(tensor("w.bin", null, null)));
    OnnxReader reader = new OnnxReader();
    OnnxException e = assertThrows(OnnxException.class, () -> reader.read(bytes));
    assertTrue(e.getMessage().contains("no folder was named"), e::toString);
    assertArrayEquals(
        new float[] {0, 1},
        reader.externalData(folder).read(bytes).graph().initializers().get("w0").floats());
  }

  @ParameterizedTest
  @CsvSource({
    "../secret.bin, , , relative path inside",
    "sub/../../secret.bin, , , relative path inside",
    "sub/../w.bin, , , relative path inside",
    "/etc/passwd, , , relative path inside",
    "..\\secret.bin, , , relative path inside",
    "'', , , relative path inside",
    "none.bin, , , cannot be found",
    "sub, , , 'expected external data to be a file, got ''sub'', which is none'",
    "., , , 'to be a file'",
    "w.bin, -4, , whole number from 0",
    "w.bin, 0x4, , whole number from 0",
    "w.bin, 99999999999999999999, , whole number from 0",
    "w.bin, 12, , got a file of 16",
    "w.bin, 16, , got a file of 16",
    "w.bin, 9223372036854775807, , got a file of 16",
    "w.bin, 9223372036854775800, 8, got a file of 16",
    "w.bin, 0, 4, 'expected 8 bytes of external data, got a length of 4'",
    "w.bin, 0, 16, 'expected 8 bytes of external data, got a length of 16'",
    "w.bin, 0, -8, whole number from 0",
    "w.bin, 0, 9223372036854775807, expected 8 bytes",
  })
  void isRefused(String location, String offset, String length, String expected)
      throws IOException {
    Path model = model(tensor(location, offset, length));
    Bad.refused(expected, () -> new OnnxReader().read(model));
  }

  @Test
  void aMissingLocationIsRefused() throws IOException {
    Path model = model(tensor(null, "0", "8"));
    Bad.refused("relative path inside", () -> new OnnxReader().read(model));
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() throws IOException {
    Path model = model(tensor("a\0b", null, null));
    Bad.refused("'a\\u0000b' cannot be found", () -> new OnnxReader().read(model));
  }

  @Test
  void linksMayNotLeaveTheFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("inside"), Path.of("sub/w.bin"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("../secret.bin"));
    Files.createSymbolicLink(folder.resolve("sibling"), Path.of("../models-w.bin"));
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero"));
    assertArrayEquals(new float[] {0, 1}, read(tensor("inside", null, null)));
    for (String location : new String[] {"link", "sibling", "up/secret.bin", "zero"}) {
      Path model = model(tensor(location, null, null));
      Bad.refused("a link that leaves it", () -> new OnnxReader().read(model));
    }
  }

  @Test
  void valuesBesideExternalDataAreRefused() throws IOException {
    Path model = model(tensor("w.bin", null, null).addFloatData(1));
    Bad.refused("external data alone", () -> new OnnxReader().read(model));
  }

  @Test
  void textIsRefused() throws IOException {
    Path model = model(tensor("w.bin", null, null).setDataType(DataType.STRING.getNumber()));
    Bad.refused("to hold string_data", () -> new OnnxReader().read(model));
  }

  /** A small model with a large file must not read it again and again. */
  @Test
  void aFileIsReadTwiceOverAtMost() throws IOException {
    TensorProto.Builder w = tensor("w.bin", null, null);
    new OnnxReader().read(model(w.clone(), w.clone(), w.clone(), w.clone()));
    Path five = model(w.clone(), w.clone(), w.clone(), w.clone(), w.clone());
    Bad.refused("at most 2 times over", () -> new OnnxReader().read(five));
  }

  @Test
  void aHugeFileThatIsNotThereIsRefused() throws IOException {
    Path model = model(tensor("w.bin", "0", "8589934588").clearDims().addDims(Integer.MAX_VALUE));
    Bad.refused("got a file of 16", () -> new OnnxReader().read(model));
  }
}
