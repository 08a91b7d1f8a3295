package io.lanewise.propertytests.law;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.law.contract.ContractLaws;
import java.util.List;
import java.util.stream.Stream;

/** Every law there is. */
public final class Laws {
  /** In the order in which a report lists them. */
  public static final List<Law<?>> ALL =
      Stream.<List<? extends Law<?>>>of(
              ConvLaws.ALL,
              TransposedConvLaws.ALL,
              GemmLaws.ALL,
              GemmBitLaws.ALL,
              GemmVariantLaws.ALL,
              LinearLaws.ALL,
              LinearGradientLaws.ALL,
              MaxPoolLaws.ALL,
              MaxPoolGradientLaws.ALL,
              AvgPoolLaws.ALL,
              AvgPoolGradientLaws.ALL,
              ActivationLaws.ALL,
              ActivationGradientLaws.ALL,
              SoftmaxLaws.ALL,
              SoftmaxGradientLaws.ALL,
              CrossEntropyLaws.ALL,
              CrossEntropyGradientLaws.ALL,
              ContractLaws.ALL,
              NetworkLaws.ALL,
              NetworkGradientLaws.ALL)
          .<Law<?>>flatMap(List::stream)
          .toList();

  private Laws() {}
}
