using System.IO.Compression;
using System.Text;
using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>A pack of a district with a school: two teachers, two students, a parent, a principal and two classes. Tests change what they are about.</summary>
internal sealed class SamplePack
{
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries beside, by full name.</summary>
    public List<(string Name, byte[] Bytes)> Entries { get; } = [];

    public static SamplePack Bulk()
    {
        var pack = new SamplePack();
        pack.Set("orgs", "d1,,,West District,district,,", "s1,,,West High,school,west,d1");
        pack.Set("academicSessions", "y27,,,2026-2027,schoolYear,2026-08-15,2027-06-15,,2027", "t1,,,Fall,term,2026-08-15,2027-01-15,y27,2027");
        pack.Set("courses", "c1,,,y27,Welding 1,WLD1,\"11,12\",d1,,");
        pack.Set("classes", "k1,,,Welding 1 A,\"11,12\",c1,W1A,scheduled,Shop,s1,t1,,,1", "k2,,,Welding 1 B,11,c1,W1B,scheduled,Shop,s1,t1,,,2");
        pack.Set("users",
            User("u-t1", "Rita", "Moreno"), User("u-t2", "Omar", "Haddad"), User("u-a", "Ana", "Silva", agents: "u-p"), User("u-b", "Ben", "Okafor"), User("u-p", "Paula", "Silva"), User("u-h", "Harriet", "Stone"));
        pack.Set("roles",
            Role("r1", "u-t1", "teacher"), Role("r2", "u-t2", "teacher"), Role("r3", "u-a", "student"), Role("r4", "u-b", "student"), Role("r5", "u-p", "parent"), Role("r6", "u-h", "principal"));
        pack.Set("enrollments",
            Enrollment("e1", "k1", "u-t1", "teacher", "true"), Enrollment("e2", "k1", "u-a", "student"), Enrollment("e3", "k1", "u-b", "student"), Enrollment("e4", "k2", "u-t2", "teacher", "true"), Enrollment("e5", "k2", "u-a", "student"));
        pack.Manifest("bulk");
        return pack;
    }

    /// <summary>The files of an archive.</summary>
    public static SamplePack Of(Stream zip)
    {
        var pack = new SamplePack();
        using var archive = new ZipArchive(zip);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
            pack.Files[entry.FullName[..^4]] = reader.ReadToEnd();
        }

        return pack;
    }

    public static string User(string id, string given, string family, string agents = "", string status = ",", string enabled = "true", string ids = "") =>
        $"{id},{status},{enabled},{id}@west.example,{ids},{given},{family},,,,,,{agents},11,secret,,,,,s1,";

    public static string Role(string id, string user, string role, string begin = "", string end = "", string status = ",", string org = "s1") => $"{id},{status},{user},primary,{role},{begin},{end},{org},";

    public static string Enrollment(string id, string section, string user, string role, string primary = "", string begin = "", string end = "", string status = ",") =>
        $"{id},{status},{section},s1,{user},{role},{primary},{begin},{end}";

    /// <summary>A file with the header of the standard.</summary>
    public SamplePack Set(string file, params string[] rows)
    {
        var header = string.Join(",", RosterFiles.Find(file)!.Columns.Where(column => !column.MayBeMissing).Select(column => column.Name));
        Files[file] = string.Concat(rows.Prepend(header).Select(row => row + "\r\n"));
        return this;
    }

    public SamplePack Replace(string file, string text, string with)
    {
        Assert.Contains(text, Files[file], StringComparison.Ordinal);
        Files[file] = Files[file].Replace(text, with, StringComparison.Ordinal);
        return this;
    }

    public SamplePack Manifest(string mode)
    {
        string[] lines = ["propertyName,value", "manifest.version,1.0", "oneroster.version,1.2", .. RosterFiles.Names.Select(name => $"file.{name},{(Files.ContainsKey(name) ? mode : "absent")}"), "source.systemName,Sample"];
        Files["manifest"] = string.Concat(lines.Select(line => line + "\r\n"));
        return this;
    }

    public MemoryStream Zip()
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Files.Select(file => (Name: $"{file.Key}.csv", Bytes: Encoding.Latin1.GetBytes(file.Value))).Concat(Entries))
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        bytes.Position = 0;
        return bytes;
    }
}
