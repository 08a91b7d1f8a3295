/**
 * What depends on geometry alone: integer arithmetic, no arrays, validated once at construction.
 */
package io.lanewise.kernels.shape;
