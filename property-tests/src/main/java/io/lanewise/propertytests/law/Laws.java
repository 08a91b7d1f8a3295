package io.lanewise.propertytests.law;

import io.lanewise.propertytests.Law;
import java.util.List;
import java.util.stream.Stream;

/** Every law there is. */
public final class Laws {
  /** In the order in which a report lists them. */
  public static final List<Law<?>> ALL =
      Stream.<List<? extends Law<?>>>of(ConvLaws.ALL).<Law<?>>flatMap(List::stream).toList();

  private Laws() {}
}
