package io.lanewise.layers.typed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TypedTensorTest {
  private static final Shape ONE = Shape.of(1);

  @ParameterizedTest
  @CsvSource({
    "INT8, -1, -1",
    "UINT8, -1, 255",
    "INT16, -1, -1",
    "UINT16, -1, 65535",
    "INT32, -1, -1",
    "UINT32, -1, 4294967295",
    "INT64, -1, -1",
    "UINT64, -1, -1",
    "BOOL, -1, 1",
    "INT8, 384, -128",
    "UINT8, 256, 0",
    "FLOAT, 16777217, 16777216",
    "FLOAT16, 2049, 2048",
    "BFLOAT16, 257, 256",
    "DOUBLE, 16777217, 16777217",
  })
  void integersInAndOut(ElementType type, long in, long out) {
    TypedTensor t = TypedTensor.zeros(type, ONE);
    t.setLong(0, in);
    assertEquals(out, t.longAt(0));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, 0.1, 0.10000000149011612",
    "DOUBLE, 0.1, 0.1",
    "FLOAT16, 0.1, 0.0999755859375",
    "BFLOAT16, 0.1, 0.10009765625",
    "INT32, -2.9, -2",
    "UINT8, 2.9, 2",
    "BOOL, 0.5, 1",
  })
  void numbersInAndOut(ElementType type, double in, double out) {
    TypedTensor t = TypedTensor.zeros(type, ONE);
    t.setDouble(0, in);
    assertEquals(out, t.doubleAt(0));
  }

  @Test
  void theGreatestUnsignedNumberIsRounded() {
    TypedTensor t = TypedTensor.of(ElementType.UINT64, ONE, new long[] {-1});
    assertEquals(0x1p64, t.doubleAt(0));
    TypedTensor halfway = TypedTensor.of(ElementType.UINT64, ONE, new long[] {0x8000000000000400L});
    assertEquals(0x1p63, halfway.doubleAt(0));
    TypedTensor above = TypedTensor.of(ElementType.UINT64, ONE, new long[] {0x8000000000000401L});
    assertEquals(0x1p63 + 2048, above.doubleAt(0));
  }

  @ParameterizedTest
  @EnumSource
  void zerosOfEveryType(ElementType type) {
    TypedTensor t = TypedTensor.zeros(type, Shape.of(2, 3));
    assertEquals(6, t.size());
    assertSame(type.arrayClass(), t.array().getClass());
    if (type == ElementType.STRING) {
      assertArrayEquals(new String[] {"", "", "", "", "", ""}, t.strings());
      assertThrows(IllegalStateException.class, () -> t.longAt(0));
      assertThrows(IllegalStateException.class, () -> t.setLong(0, 1));
    } else {
      assertEquals(0, t.longAt(5));
      assertEquals(0.0, t.doubleAt(5));
    }
  }

  @Test
  void whatDoesNotFit() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TypedTensor.of(ElementType.INT64, ONE, new int[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> TypedTensor.of(ElementType.INT64, ONE, new long[] {1, 2}));
    TypedTensor t = TypedTensor.vector(1, 2);
    assertThrows(IllegalArgumentException.class, () -> t.reshape(Shape.of(3)));
    assertThrows(IllegalStateException.class, t::tensor);
    assertThrows(IllegalStateException.class, t::floats);
  }

  @Test
  void elementsThatAreReadLater() {
    AtomicInteger reads = new AtomicInteger();
    TypedTensor t =
        TypedTensor.later(
            Shape.of(2),
            dst -> {
              dst[0] = 3;
              dst[1] = 4;
              reads.incrementAndGet();
            });
    assertEquals("float[2]", t.toString());
    float[] room = new float[3];
    t.copyFloats(room);
    assertArrayEquals(new float[] {3, 4, 0}, room);
    assertTrue(t.isOutside());
    assertEquals(4, t.doubleAt(1));
    assertEquals(false, t.isOutside());
    assertSame(t.floats(), t.tensor().array());
    t.setDouble(0, 5);
    t.copyFloats(room);
    assertArrayEquals(new float[] {5, 4, 0}, room);
    assertEquals(2, reads.get());
    assertThrows(IllegalStateException.class, t::longs);
    assertThrows(IllegalStateException.class, () -> TypedTensor.scalar(1).copyFloats(room));
    Exception e = assertThrows(IllegalArgumentException.class, () -> t.copyFloats(new float[1]));
    assertEquals("shape [2] needs an array of 2 values, got one of 1", e.getMessage());
  }

  @Test
  void ofAKernelsTensor() {
    Tensor whole = Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4);
    assertSame(whole.array(), TypedTensor.of(whole).floats());
    Tensor part = Tensor.wrap(Shape.of(2), whole.array(), 1);
    assertNotSame(whole.array(), TypedTensor.of(part).floats());
    assertArrayEquals(new float[] {2, 3}, TypedTensor.of(part).floats());
    Tensor last = whole.copy(Layout.CHANNELS_LAST);
    assertArrayEquals(whole.array(), TypedTensor.of(last).floats());
    assertTrue(TypedTensor.of(whole).tensor().sameBits(whole));
  }
}
