// A zip of stored (not compressed) files, made by hand.
#pragma once

#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

namespace postgang::flow {

inline std::string zipped(const std::vector<std::pair<std::string, std::string>>& files) {
  const auto number = [](std::string& out, unsigned long value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  };
  std::string local, central;
  for (const auto& [name, bytes] : files) {
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    std::string head;  // version, flags (UTF-8 names), method, time, date, sum, sizes, lengths
    number(head, 20, 2);
    number(head, 0x800, 2);
    number(head, 0, 2);
    number(head, 0, 2);
    number(head, 0x21, 2);
    number(head, sum, 4);
    number(head, bytes.size(), 4);
    number(head, bytes.size(), 4);
    number(head, name.size(), 2);
    number(head, 0, 2);
    central += "PK\x01\x02" + std::string("\x14\x00", 2) + head + std::string(10, '\0');
    number(central, local.size(), 4);
    central += name;
    local += "PK\x03\x04" + head + name + bytes;
  }
  std::string end = "PK\x05\x06" + std::string(4, '\0');
  number(end, files.size(), 2);
  number(end, files.size(), 2);
  number(end, central.size(), 4);
  number(end, local.size(), 4);
  number(end, 0, 2);
  return local + central + end;
}

}  // namespace postgang::flow
