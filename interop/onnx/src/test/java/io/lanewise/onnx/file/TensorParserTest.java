package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TensorParserTest {
  private static TypedTensor read(TensorProto.Builder tensor) {
    return new OnnxReader().readTensor(ByteBuffer.wrap(tensor.build().toByteArray()));
  }

  private static TypedTensor raw(DataType type, int count, ByteBuffer bytes) {
    return read(
        Protos.tensor("t", type, count).setRawData(ByteString.copyFrom(bytes.duplicate().flip())));
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertTensor(ElementType type, Object expected, TypedTensor got) {
    assertEquals(type, got.type());
    assertArrayEquals(new Object[] {expected}, new Object[] {got.array()});
  }

  @Test
  void listsOfEveryType() {
    assertTensor(
        ElementType.FLOAT,
        new float[] {1.5f, Float.NEGATIVE_INFINITY, -0f},
        read(Protos.floats("t", 1.5f, Float.NEGATIVE_INFINITY, -0f)));
    assertTensor(
        ElementType.DOUBLE,
        new double[] {0.1, -1e300},
        read(Protos.tensor("t", DataType.DOUBLE, 2).addDoubleData(0.1).addDoubleData(-1e300)));
    assertTensor(
        ElementType.INT64,
        new long[] {Long.MIN_VALUE, 300},
        read(Protos.tensor("t", DataType.INT64, 2).addInt64Data(Long.MIN_VALUE).addInt64Data(300)));
    assertTensor(
        ElementType.UINT64,
        new long[] {-1},
        read(Protos.tensor("t", DataType.UINT64, 1).addUint64Data(-1)));
    assertTensor(
        ElementType.UINT32,
        new int[] {-1},
        read(Protos.tensor("t", DataType.UINT32, 1).addUint64Data(0xffff_ffffL)));
    assertTensor(
        ElementType.INT32,
        new int[] {Integer.MIN_VALUE, 7},
        small(DataType.INT32, Integer.MIN_VALUE, 7));
    assertTensor(ElementType.INT16, new short[] {-32768, 7}, small(DataType.INT16, -32768, 7));
    assertTensor(ElementType.UINT16, new short[] {-1, 7}, small(DataType.UINT16, 65535, 7));
    assertTensor(ElementType.INT8, new byte[] {-128, 127}, small(DataType.INT8, -128, 127));
    assertTensor(ElementType.UINT8, new byte[] {-1, 0}, small(DataType.UINT8, 255, 0));
    assertTensor(ElementType.BOOL, new byte[] {1, 0, 1}, small(DataType.BOOL, 1, 0, 2));
    assertTensor(
        ElementType.FLOAT16, new float[] {1, -65504}, small(DataType.FLOAT16, 0x3c00, 0xfbff));
    assertTensor(
        ElementType.BFLOAT16, new float[] {1, -2}, small(DataType.BFLOAT16, 0x3f80, 0xc000));
    assertTensor(
        ElementType.STRING,
        new String[] {"", "größe\ufffd"},
        read(
            Protos.tensor("t", DataType.STRING, 2)
                .addStringData(ByteString.EMPTY)
                .addStringData(ByteString.copyFrom("größe\ufffd", StandardCharsets.UTF_8))));
  }

  private static TypedTensor small(DataType type, int... values) {
    TensorProto.Builder t = Protos.tensor("t", type, values.length);
    for (int v : values) {
      t.addInt32Data(v);
    }
    return read(t);
  }

  @Test
  void bytesOfEveryType() {
    assertTensor(
        ElementType.FLOAT,
        new float[] {1.5f, -2},
        raw(DataType.FLOAT, 2, bytes(8).putFloat(1.5f).putFloat(-2)));
    assertTensor(
        ElementType.DOUBLE, new double[] {0.1}, raw(DataType.DOUBLE, 1, bytes(8).putDouble(0.1)));
    assertTensor(ElementType.INT64, new long[] {-5}, raw(DataType.INT64, 1, bytes(8).putLong(-5)));
    assertTensor(
        ElementType.UINT64, new long[] {-5}, raw(DataType.UINT64, 1, bytes(8).putLong(-5)));
    assertTensor(ElementType.INT32, new int[] {-5}, raw(DataType.INT32, 1, bytes(4).putInt(-5)));
    assertTensor(ElementType.UINT32, new int[] {-5}, raw(DataType.UINT32, 1, bytes(4).putInt(-5)));
    short[] shorts = {258, -2};
    ByteBuffer two = bytes(4).putShort((short) 258).putShort((short) -2);
    assertTensor(ElementType.INT16, shorts, raw(DataType.INT16, 2, two));
    assertTensor(ElementType.UINT16, shorts, raw(DataType.UINT16, 2, two));
    ByteBuffer three = bytes(3).put((byte) 0).put((byte) 1).put((byte) -7);
    assertTensor(ElementType.INT8, new byte[] {0, 1, -7}, raw(DataType.INT8, 3, three));
    assertTensor(ElementType.UINT8, new byte[] {0, 1, -7}, raw(DataType.UINT8, 3, three));
    assertTensor(ElementType.BOOL, new byte[] {0, 1, 1}, raw(DataType.BOOL, 3, three));
    ByteBuffer halves = bytes(4).putShort((short) 0x3c00).putShort((short) 0xfc00);
    assertTensor(
        ElementType.FLOAT16,
        new float[] {1, Float.NEGATIVE_INFINITY},
        raw(DataType.FLOAT16, 2, halves));
    assertTensor(
        ElementType.BFLOAT16,
        new float[] {0.0078125f, -2.658456e36f},
        raw(DataType.BFLOAT16, 2, halves));
  }

  @Test
  void shapes() {
    assertEquals(Shape.of(), read(Protos.tensor("t", DataType.FLOAT).addFloatData(1)).shape());
    assertEquals(Shape.of(0), read(Protos.tensor("t", DataType.FLOAT, 0)).shape());
    assertEquals(
        Shape.of(2, 0, 1 << 30, 1 << 30),
        read(Protos.tensor("t", DataType.STRING, 2, 0, 1 << 30, 1 << 30)).shape());
    TensorProto.Builder six =
        Protos.floats("t", 1, 2, 3, 4, 5, 6).clearDims().addDims(2).addDims(3);
    assertEquals(Shape.of(2, 3), read(six).shape());
  }

  /** Numbers may come packed or one by one, also in one list. */
  @Test
  void numbersPackedAndAlone() {
    byte[] t = {
      8,
      4,
      16,
      7, // dims 4 (alone), int64
      0x38,
      1, // 1 alone
      0x3a,
      2,
      2,
      3, // 2 and 3 packed
      0x38,
      (byte) 0x80,
      2 // 256 alone
    };
    assertTensor(
        ElementType.INT64,
        new long[] {1, 2, 3, 256},
        new OnnxReader().readTensor(ByteBuffer.wrap(t)));
  }

  @Test
  void sparseTensorsBecomeDense() {
    TensorProto.Builder values = Protos.floats("w", 5, 6);
    SparseTensorProto.Builder linear =
        SparseTensorProto.newBuilder()
            .setValues(values)
            .setIndices(Protos.tensor("", DataType.INT64, 2).addInt64Data(1).addInt64Data(5))
            .addDims(2)
            .addDims(3);
    SparseTensorProto.Builder byAxis =
        linear
            .clone()
            .setIndices(
                Protos.tensor("", DataType.INT64, 2, 2)
                    .addInt64Data(0)
                    .addInt64Data(1)
                    .addInt64Data(1)
                    .addInt64Data(2));
    for (SparseTensorProto.Builder sparse : new SparseTensorProto.Builder[] {linear, byAxis}) {
      TypedTensor t =
          new OnnxReader()
              .read(Protos.model(Protos.relu().addSparseInitializer(sparse)).build().toByteArray())
              .graph()
              .initializers()
              .get("w");
      assertEquals(Shape.of(2, 3), t.shape());
      assertArrayEquals(new float[] {0, 5, 0, 0, 0, 6}, t.floats());
    }
  }
}
