/**
 * What PyTorch computes in float64: every operation held to it, see tools/torch-cases/README.md.
 */
package io.lanewise.propertytests.torch;
