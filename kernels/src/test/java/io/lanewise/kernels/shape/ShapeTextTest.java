package io.lanewise.kernels.shape;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one-line forms of all shapes. */
final class ShapeTextTest {
  private static final int CASES = 500;

  private final Random random = new Random(7);

  @Test
  void everyConvolutionReadsItselfBack() {
    for (int i = 0; i < CASES; i++) {
      int g = size();
      assertRoundTrip(
          new ConvShape(
              random.nextInt(3),
              g * size(),
              10 + size(),
              10 + size(),
              g * size(),
              size(),
              size(),
              size(),
              size(),
              size(),
              size(),
              padding(),
              g),
          ConvShape::parse);
    }
  }

  @Test
  void everyConvolutionOfAnyRankReadsItselfBack() {
    for (int i = 0; i < CASES; i++) {
      int rank = size();
      boolean h = rank > 1;
      boolean d = rank > 2;
      Padding p = padding();
      boolean same = random.nextBoolean();
      assertRoundTrip(
          new ConvShape(
              rank,
              random.nextInt(3),
              size(),
              d ? 10 + size() : 1,
              h ? 10 + size() : 1,
              10 + size(),
              size(),
              d ? size() : 1,
              h ? size() : 1,
              size(),
              d ? size() : 1,
              h ? size() : 1,
              size(),
              d ? size() : 1,
              h ? size() : 1,
              size(),
              new Padding(
                  d ? same ? p.left() : random.nextInt(2) : 0,
                  d ? same ? p.left() : random.nextInt(2) : 0,
                  h ? p.top() : 0,
                  h ? p.bottom() : 0,
                  p.left(),
                  p.right()),
              1),
          ConvShape::parse);
    }
  }

  @Test
  void everyPoolingReadsItselfBack() {
    for (int i = 0; i < CASES; i++) {
      assertRoundTrip(
          new PoolShape(
              random.nextInt(3),
              size(),
              10 + size(),
              10 + size(),
              size(),
              size(),
              size(),
              size(),
              size(),
              size(),
              padding()),
          PoolShape::parse);
    }
  }

  @Test
  void everyMatrixProductReadsItselfBack() {
    for (int i = 0; i < CASES; i++) {
      assertRoundTrip(
          new GemmShape(
              random.nextInt(9),
              random.nextInt(9),
              random.nextInt(9),
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean()),
          GemmShape::parse);
    }
  }

  @Test
  void everyLinearLayerReadsItselfBack() {
    for (int i = 0; i < CASES; i++) {
      assertRoundTrip(new LinearShape(random.nextInt(9), size(), size()), LinearShape::parse);
    }
  }

  /** 1 to 3: equal and unequal pairs, defaults and others are all likely. */
  private int size() {
    return 1 + random.nextInt(3);
  }

  private Padding padding() {
    return random.nextBoolean()
        ? Padding.of(random.nextInt(2))
        : new Padding(random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2));
  }

  /** The text says the shape, in whatever order its words come. */
  private <S> void assertRoundTrip(S shape, Function<String, S> parse) {
    assertEquals(shape, parse.apply(shape.toString()));
    List<String> words = Arrays.asList(shape.toString().split(" ", -1));
    Collections.shuffle(words, random);
    assertEquals(shape, parse.apply(String.join("  ", words)));
  }

  @Test
  void textsByHand() {
    assertEquals("m64 n3136 k576", GemmShape.of(64, 3136, 576).toString());
    assertEquals("m2 n3 k4 ta tb acc", new GemmShape(2, 3, 4, true, true, true).toString());
    assertEquals("m2 n3 k4 tb", new GemmShape(2, 3, 4, false, true, false).toString());
    assertEquals("n128 in400 out120", new LinearShape(128, 400, 120).toString());
    assertEquals("n1 c64 ih112 kh3 s2 p1", PoolShape.square(1, 64, 112, 112, 3, 2, 1).toString());
    assertEquals(
        "n2 c3 ih7 iw9 kh3 kw2 sh2 sw1 dh1 dw3 pt1 pb0 pl2 pr1",
        new PoolShape(2, 3, 7, 9, 3, 2, 2, 1, 1, 3, new Padding(1, 0, 2, 1)).toString());
  }

  @Test
  void leftOutWordsHaveDefaults() {
    assertEquals(
        new PoolShape(1, 2, 5, 5, 3, 3, 2, 1, 1, 1, new Padding(1, 1, 2, 1)),
        PoolShape.parse(" c2\tih5  kh3 p1 pl2 s2 sw1 "));
    assertEquals(new LinearShape(1, 3, 5), LinearShape.parse("in3 out5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | not a word of a matrix product's shape: '' in ''",
        "m1 n2 k3 x4 | not a word of a matrix product's shape: 'x4' in 'm1 n2 k3 x4'",
        "m1 n2 k3 ta1 | not a word of a matrix product's shape: 'ta1'",
        "m1 n2 k3 tc | not a word of a matrix product's shape: 'tc'",
        "m1 n2 k | not a word of a matrix product's shape: 'k'",
        "m1 n2 k-3 | not a word of a matrix product's shape: 'k-3'",
        "m1 n2 k9999999999 | 'k9999999999' is above 2^31 - 1",
        "m1 n2 k3 ta ta | 'ta' comes twice in 'm1 n2 k3 ta ta'",
        "m1 n2 k3 n2 | 'n' comes twice",
        "n2 k3 | 'm' is missing in 'n2 k3'",
        "m1 k3 | 'n' is missing",
        "m1 n2 | 'k' is missing",
        "m65536 n65536 k1 | at most 2^31 - 1 elements"
      })
  void refusesMatrixProducts(String text, String message) {
    assertRefused(() -> GemmShape.parse(text), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n1 in2 out3 acc | not a word of a linear shape: 'acc'",
        "n1 in2 out | not a word of a linear shape: 'out'",
        "n1 in2 out3 in2 | 'in' comes twice",
        "n1 out3 | 'in' is missing in 'n1 out3'",
        "n1 in2 | 'out' is missing",
        "n1 in0 out3 | got n=1 in=0 out=3"
      })
  void refusesLinearLayers(String text, String message) {
    assertRefused(() -> LinearShape.parse(text), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c1 ih5 kh3 ic1 | not a word of a pooling shape: 'ic1'",
        "c1 ih5 kh3 g1 | not a word of a pooling shape: 'g1'",
        "c1 ih5 kh3 s | not a word of a pooling shape: 's'",
        "c1 ih5 kh3 c1 | 'c' comes twice",
        "ih5 kh3 | 'c' is missing in 'ih5 kh3'",
        "c1 kh3 | 'ih' is missing",
        "c1 ih5 | 'kh' is missing",
        "c1 ih5 kh3 s0 | strideH must be at least 1, got 0",
        "c1 ih2 kh3 | the window spans 3 along height"
      })
  void refusesPoolings(String text, String message) {
    assertRefused(() -> PoolShape.parse(text), message);
  }
}
