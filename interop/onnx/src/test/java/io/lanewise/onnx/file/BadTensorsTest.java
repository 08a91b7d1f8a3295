package io.lanewise.onnx.file;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors, types and shapes that cannot be. */
class BadTensorsTest {
  private static Bad tensor(String name, String expected, TensorProto.Builder tensor) {
    return Bad.model(name, expected, Protos.model(Protos.relu().addInitializer(tensor)));
  }

  private static Bad input(String name, String expected, int type, long... dims) {
    return Bad.model(
        name, expected, Protos.model(Protos.graph().addInput(Protos.value("x", type, dims))));
  }

  private static Bad sparse(String name, String expected, SparseTensorProto.Builder tensor) {
    return Bad.model(name, expected, Protos.model(Protos.relu().addSparseInitializer(tensor)));
  }

  private static TensorProto.Builder floats(long... dims) {
    return Protos.tensor("w", DataType.FLOAT, dims);
  }

  private static TensorProto.Builder longs(long... values) {
    TensorProto.Builder t = Protos.tensor("", DataType.INT64, values.length);
    for (long v : values) {
      t.addInt64Data(v);
    }
    return t;
  }

  static Stream<Bad> tensors() {
    ByteString eight = ByteString.copyFrom(new byte[8]);
    return Stream.of(
        tensor(
            "too few values",
            "expected 3 values for shape [3] of float, got 1",
            floats(3).addFloatData(1)),
        tensor(
            "too many values",
            "expected 1 values for shape [] of float, got 2",
            floats().addFloatData(1).addFloatData(2)),
        tensor("no values", "expected 3 values", floats(3)),
        tensor(
            "too few bytes",
            "expected 12 bytes for shape [3] of float, got 8",
            floats(3).setRawData(eight)),
        tensor("too many bytes", "expected 4 bytes", floats(1).setRawData(eight)),
        tensor(
            "bytes and values",
            "raw_data or a list of values, got both",
            floats(2).setRawData(eight).addFloatData(1)),
        tensor(
            "values in another type's list",
            "values of float in float_data, got some in int32_data",
            floats(1).addInt32Data(1)),
        tensor("2^40 values", "sizes from 0 to 2^31 - 1", floats(1L << 40)),
        tensor(
            "2^40 values by a product",
            "fewer than 2^31 elements",
            floats(1 << 20, 1 << 20).setRawData(eight)),
        tensor(
            "a product that overflows to 2",
            "fewer than 2^31 elements",
            floats(1 << 30, 1 << 30, 1 << 4, 2).setRawData(eight)),
        tensor(
            "2^31 - 1 values that are not there",
            "expected 2147483647 values",
            floats(Integer.MAX_VALUE)),
        tensor("a size below zero", "sizes from 0", floats(-1)),
        tensor("two sizes below zero", "sizes from 0", floats(-2, -1).setRawData(eight)),
        tensor("a long empty shape", "sizes from 0", floats(0, 1L << 40)),
        tensor(
            "65 dimensions",
            "at most 64 dimensions, got 65",
            floats(IntStream.range(0, 65).mapToLong(i -> 1).toArray()).addFloatData(1)),
        tensor("no element type", "got 0", TensorProto.newBuilder().setName("w")),
        tensor("an element type below zero", "from 1 to 26, got -1", floats().setDataType(-1)),
        tensor("an element type to come", "from 1 to 26, got 99", floats().setDataType(99)),
        tensor("complex numbers", "14 (complex64) cannot be read", floats().setDataType(14)),
        tensor("8-bit floats", "17 (float8e4m3fn) cannot be read", floats().setDataType(17)),
        tensor("4-bit integers", "22 (int4) cannot be read", floats().setDataType(22)),
        tensor(
            "text as bytes",
            "to hold string_data, got bytes",
            Protos.tensor("w", DataType.STRING, 8).setRawData(eight)),
        tensor(
            "text that is none",
            "text in UTF-8",
            Protos.tensor("w", DataType.STRING, 1)
                .addStringData(ByteString.copyFrom(new byte[] {(byte) 0xff}))),
        tensor(
            "an int8 of 128",
            "int8 from -128 to 127, got 128",
            Protos.tensor("w", DataType.INT8, 1).addInt32Data(128)),
        tensor(
            "a uint8 below zero",
            "uint8 from 0 to 255, got -1",
            Protos.tensor("w", DataType.UINT8, 1).addInt32Data(-1)),
        tensor(
            "a float16 of 17 bits",
            "float16 from 0 to 65535, got 65536",
            Protos.tensor("w", DataType.FLOAT16, 1).addInt32Data(65536)),
        tensor(
            "a uint32 of 33 bits",
            "uint32 from 0 to 4294967295",
            Protos.tensor("w", DataType.UINT32, 1).addUint64Data(1L << 32)),
        tensor(
            "a segment",
            "a whole tensor, got a segment",
            floats(1).setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(1))));
  }

  static Stream<Bad> types() {
    return Stream.of(
        input("an input of 2^40 values", "sizes from 0 to 2^31 - 1", 1, 1L << 40),
        input("an input of 2^62 values", "fewer than 2^31", 1, 1 << 30, 1 << 30, 1 << 2),
        input("an input of a size below -1", "at least 0, or -1", 1, -7),
        input("an input of an unknown type", "from 1 to 26, got 77", 77),
        input("an input of complex numbers", "15 (complex128) cannot be read", 15, 1));
  }

  static Stream<Bad> sparse() {
    TensorProto.Builder value = Protos.floats("w", 1);
    SparseTensorProto.Builder ten = SparseTensorProto.newBuilder().setValues(value).addDims(10);
    return Stream.of(
        sparse("a sparse tensor without indices", "values and indices", ten.clone()),
        sparse(
            "an index beyond the end",
            "in rising order below 10, got 10",
            ten.clone().setIndices(longs(10))),
        sparse("an index below zero", "got -1 after -1", ten.clone().setIndices(longs(-1))),
        sparse(
            "indices twice",
            "got 3 after 3",
            ten.clone().setValues(Protos.floats("w", 1, 2)).setIndices(longs(3, 3))),
        sparse(
            "more values than indices",
            "indices of int64 of shape [n]",
            ten.clone().setValues(Protos.floats("w", 1, 2)).setIndices(longs(3))),
        sparse(
            "indices of floats", "indices of int64", ten.clone().setIndices(Protos.floats("", 1))),
        sparse(
            "a column beyond the end",
            "an index from 0 to 1 in dimension 1, got 2",
            SparseTensorProto.newBuilder()
                .setValues(value)
                .addDims(3)
                .addDims(2)
                .setIndices(longs(0, 2).clearDims().addDims(1).addDims(2))),
        sparse(
            "2^31 - 1 elements out of 1",
            "at most 67108864 bytes when dense",
            SparseTensorProto.newBuilder()
                .setValues(value)
                .addDims(Integer.MAX_VALUE)
                .setIndices(longs(0))));
  }

  @ParameterizedTest
  @MethodSource({"tensors", "types", "sparse"})
  void isRefused(Bad model) {
    model.check();
  }
}
