/** Where the law-book grows: laws of the operations that anyone can hold a backend to. */
package io.lanewise.propertytests;
