#include <catalog/elf_file.hpp>

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace mealsync {
namespace {

#if defined(__x86_64__)
constexpr auto this_machine = EM_X86_64;
constexpr auto run_to_resolve = R_X86_64_IRELATIVE;
#elif defined(__aarch64__)
constexpr auto this_machine = EM_AARCH64;
constexpr auto run_to_resolve = R_AARCH64_IRELATIVE;
#else
#error "name the machine of this program"
#endif

// What the C runtime puts into every library: _init, which does nothing here, and one entry of the array
// (frame_dummy). Where there is no _init, neither is of the runtime.
constexpr std::uint64_t most_of_runtime_init = 32;
constexpr std::uint64_t most_of_runtime_array = sizeof(void*);

struct File {
  explicit File(const std::filesystem::path& path) : descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (descriptor >= 0) close(descriptor);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int descriptor;
};

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};

class Reader {
 public:
  Reader(const std::filesystem::path& path, std::string_view section, std::size_t most)
      : file_(path), wanted_(section), most_(most) {
    elf_version(EV_CURRENT);
  }

  ElfFile read() {
    answer_.fault = fault_of_header();
    if (answer_.fault.empty() && !(segments_are_whole() && sections_are_whole()))
      answer_.fault = "it is cut short";
    if (answer_.fault.empty() && !(read_sections() && read_dynamic()))
      answer_.fault = "its tables cannot be read";
    return std::move(answer_);
  }

 private:
  /// Read by hand: libelf does not tell a damaged file from any other.
  std::string_view fault_of_header() {
    Elf64_Ehdr header{};
    if (pread(file_.descriptor, &header, sizeof header, 0) != ssize_t{sizeof header})
      return "it is too short";
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return "it is no ELF file";
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != this_machine)
      return "it is built for another machine";
    if (header.e_type != ET_DYN) return "it is no shared library";
    size_ = static_cast<std::uint64_t>(lseek(file_.descriptor, 0, SEEK_END));
    if (!is_in_file(header.e_shoff, std::uint64_t{header.e_shentsize} * header.e_shnum) ||
        !is_in_file(header.e_phoff, std::uint64_t{header.e_phentsize} * header.e_phnum))
      return "it is cut short";
    elf_.reset(elf_begin(file_.descriptor, ELF_C_READ, nullptr));
    return elf_ ? "" : "its tables cannot be read";
  }

  [[nodiscard]] bool is_in_file(std::uint64_t from, std::uint64_t count) const {
    return from <= size_ && count <= size_ - from;
  }

  bool segments_are_whole() {
    std::size_t count = 0;
    if (elf_getphdrnum(elf_.get(), &count) != 0) return false;
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Phdr segment{};
      if (gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr ||
          !is_in_file(segment.p_offset, segment.p_filesz))
        return false;
      if (segment.p_type == PT_DYNAMIC) dynamic_ = segment;
    }
    return true;
  }

  bool sections_are_whole() {
    std::size_t count = 0;
    if (elf_getshdrnum(elf_.get(), &count) != 0 || elf_getshdrstrndx(elf_.get(), &names_) != 0) return false;
    for (Elf_Scn* each = nullptr; (each = elf_nextscn(elf_.get(), each)) != nullptr; --count) {
      GElf_Shdr section{};
      if (gelf_getshdr(each, &section) == nullptr ||
          (section.sh_type != SHT_NOBITS && !is_in_file(section.sh_offset, section.sh_size)))
        return false;
    }
    return count <= 1;  // the first is none
  }

  bool read_sections() {
    for (Elf_Scn* each = nullptr; (each = elf_nextscn(elf_.get(), each)) != nullptr;) {
      GElf_Shdr section{};
      gelf_getshdr(each, &section);
      const char* name = elf_strptr(elf_.get(), names_, section.sh_name);
      if (name == nullptr) return false;
      if (name == std::string_view(".init")) init_ = section;
      if (name == wanted_ && !read_wanted(section)) return false;
      if (section.sh_type == SHT_DYNSYM && !read_symbols(each, section)) return false;
      if (section.sh_type == SHT_RELA && !read_relocations(each)) return false;
    }
    return true;
  }

  bool read_wanted(const GElf_Shdr& section) {
    if (section.sh_type == SHT_NOBITS || section.sh_size == 0) return answer_.section.emplace(), true;
    const Elf_Data* data = elf_getdata_rawchunk(elf_.get(), static_cast<std::int64_t>(section.sh_offset),
                                                std::min(section.sh_size, most_), ELF_T_BYTE);
    if (data == nullptr) return false;
    answer_.section.emplace(static_cast<const char*>(data->d_buf), data->d_size);
    return true;
  }

  bool read_symbols(Elf_Scn* at, const GElf_Shdr& section) {
    Elf_Data* data = elf_getdata(at, nullptr);
    if (data == nullptr) return false;
    GElf_Sym symbol{};
    for (int i = 0; gelf_getsym(data, i, &symbol) != nullptr; ++i) {
      const char* name = elf_strptr(elf_.get(), section.sh_link, symbol.st_name);
      if (name == nullptr) return false;
      if (symbol.st_shndx != SHN_UNDEF && *name != '\0') answer_.exported.emplace_back(name);
      if (GELF_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC && symbol.st_shndx != SHN_UNDEF)
        answer_.runs_when_loaded = true;
    }
    return true;
  }

  bool read_relocations(Elf_Scn* at) {
    Elf_Data* data = elf_getdata(at, nullptr);
    if (data == nullptr) return false;
    GElf_Rela relocation{};
    for (int i = 0; gelf_getrela(data, i, &relocation) != nullptr; ++i)
      if (GELF_R_TYPE(relocation.r_info) == run_to_resolve) answer_.runs_when_loaded = true;
    return true;
  }

  /// What the loader goes by: the segment, not the section of that name.
  bool read_dynamic() {
    Elf_Data* data = elf_getdata_rawchunk(elf_.get(), static_cast<std::int64_t>(dynamic_.p_offset),
                                          dynamic_.p_filesz, ELF_T_DYN);
    if (data == nullptr) return false;
    std::vector<std::uint64_t> needed;
    std::uint64_t strings = 0, init = 0, array = 0;
    GElf_Dyn entry{};
    for (int i = 0; gelf_getdyn(data, i, &entry) != nullptr && entry.d_tag != DT_NULL; ++i) {
      const std::uint64_t value = entry.d_un.d_val;
      if (entry.d_tag == DT_NEEDED || entry.d_tag == DT_AUXILIARY || entry.d_tag == DT_FILTER)
        needed.push_back(value);
      if (entry.d_tag == DT_STRTAB) strings = value;
      if (entry.d_tag == DT_INIT) init = value;
      if (entry.d_tag == DT_INIT_ARRAYSZ) array = value;
    }
    const bool has_runtimes_init =
        init != 0 && init == init_.sh_addr && init_.sh_size <= most_of_runtime_init;
    if ((init != 0 && !has_runtimes_init) || array > (has_runtimes_init ? most_of_runtime_array : 0))
      answer_.runs_when_loaded = true;
    return read_needed(needed, strings);
  }

  bool read_needed(const std::vector<std::uint64_t>& needed, std::uint64_t strings) {
    if (needed.empty()) return true;
    Elf_Scn* table = section_at(strings);
    if (table == nullptr) return false;
    for (const std::uint64_t at : needed) {
      const char* name = elf_strptr(elf_.get(), elf_ndxscn(table), at);
      if (name == nullptr) return false;
      answer_.needed.emplace_back(name);
    }
    return true;
  }

  Elf_Scn* section_at(std::uint64_t address) {
    for (Elf_Scn* each = nullptr; (each = elf_nextscn(elf_.get(), each)) != nullptr;) {
      GElf_Shdr section{};
      gelf_getshdr(each, &section);
      if (section.sh_type == SHT_STRTAB && section.sh_addr == address) return each;
    }
    return nullptr;
  }

  File file_;
  std::string_view wanted_;
  std::uint64_t most_;
  std::unique_ptr<Elf, EndElf> elf_;
  GElf_Phdr dynamic_{};
  GElf_Shdr init_{};
  std::uint64_t size_ = 0;
  std::size_t names_ = 0;
  ElfFile answer_;
};

}  // namespace

ElfFile read_elf_file(const std::filesystem::path& file, std::string_view section, std::size_t most) {
  return Reader(file, section, most).read();
}

}  // namespace mealsync
