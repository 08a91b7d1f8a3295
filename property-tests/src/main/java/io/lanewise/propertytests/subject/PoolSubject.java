package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.propertytests.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** Poolings, of whatever kind. */
public final class PoolSubject implements Subject<PoolShape> {
  /** The one there is. */
  public static final PoolSubject INSTANCE = new PoolSubject();

  private static final int[] LEAST = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0};

  private PoolSubject() {}

  @Override
  public String name() {
    return "pool";
  }

  @Override
  public Arbitrary<PoolShape> shapes() {
    return PoolShapes.any();
  }

  @Override
  public List<PoolShape> regressions() {
    return Regressions.shared().pools().toList();
  }

  @Override
  public PoolShape parse(String text) {
    return PoolShape.parse(text);
  }

  @Override
  public Stream<PoolShape> simpler(PoolShape s) {
    Padding p = s.padding();
    int[] sizes = {
      s.n(),
      s.c(),
      s.ih(),
      s.iw(),
      s.kh(),
      s.kw(),
      s.strideH(),
      s.strideW(),
      s.dilationH(),
      s.dilationW(),
      p.top(),
      p.bottom(),
      p.left(),
      p.right()
    };
    List<PoolShape> simpler = new ArrayList<>();
    Steps.simpler(sizes, LEAST).forEach(v -> add(v, simpler));
    return simpler.stream();
  }

  private static void add(int[] v, List<PoolShape> shapes) {
    try {
      Padding padding = new Padding(v[10], v[11], v[12], v[13]);
      shapes.add(
          new PoolShape(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], padding));
    } catch (IllegalArgumentException e) {
      // the window no longer fits: not a pooling
    }
  }
}
