using System.Globalization;
using System.IO.Compression;
using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Benchmarks.App;

/// <summary>Writes a pack of a state: schools of 650 learners, a teacher for twenty, classes of 25. The order of enrollments is that of learners, so that each class is strewn over the file.</summary>
internal sealed class RosterPackWriter(int learners, int enrollments)
{
    private const int InSchool = 650;
    private const int InClass = 25;

    public int Schools { get; } = Math.Max(1, learners / InSchool);

    public int Teachers { get; } = Math.Max(1, learners / 20);

    public int Classes { get; } = Math.Max(1, enrollments / InClass);

    public int Enrollments => enrollments + Classes;

    public void Write(string path)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Rows(archive, "orgs", 1 + Schools, i => i == 0 ? "d0,,,Statewide District,district,," : $"s{i - 1},,,School {i},school,,d0");
        Rows(archive, "academicSessions", 2, i => i == 0 ? "y27,,,2026-2027,schoolYear,2026-08-15,2027-06-15,,2027" : "t1,,,Fall,term,2026-08-15,2027-01-15,y27,2027");
        Rows(archive, "courses", 200, i => $"c{i},,,y27,Course {i},CRS{i},\"11,12\",d0,,");
        Rows(archive, "classes", Classes, i => $"k{i:D7},,,Course {i % 200} section {i},11,c{i % 200},K{i},scheduled,Room {i % 90},s{i % Schools},t1,,,{i % 8}");
        Rows(archive, "users", learners + Teachers, i => i < learners
            ? $"u-{i:D8},,,true,user{i}@state.example,{{Fed:{i}}},Given{i % 4000},Family{i % 9000},,S{i:D9},user{i}@state.example,,,,11,,M{i:D10},,,,s{i % Schools},"
            : $"t-{i - learners:D8},,,true,teacher{i}@state.example,,Given{i % 4000},Family{i % 9000},,,teacher{i}@state.example,,,,,,,,,,s{i % Schools},");
        Rows(archive, "roles", learners + Teachers, i => i < learners ? $"r-{i:D8},,,u-{i:D8},primary,student,2026-08-15,,s{i % Schools}," : $"rt-{i:D8},,,t-{i - learners:D8},primary,teacher,,,s{i % Schools},");
        Rows(archive, "enrollments", Enrollments, i => i < enrollments
            ? $"e-{i:D9},,,k{(int)((long)i * 7919 % Classes):D7},s{(int)((long)i * 7919 % Classes) % Schools},u-{(int)((long)i * learners / enrollments):D8},student,,2026-08-20,2027-01-15"
            : $"et-{i:D9},,,k{i - enrollments:D7},s{(i - enrollments) % Schools},t-{(i - enrollments) % Teachers:D8},teacher,true,,");
        string[] there = ["orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments"];
        using var manifest = new StreamWriter(archive.CreateEntry("manifest.csv").Open());
        manifest.Write("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n");
        foreach (var name in RosterFiles.Names)
        {
            manifest.Write($"file.{name},{(there.Contains(name) ? "bulk" : "absent")}\r\n");
        }
    }

    private static void Rows(ZipArchive archive, string name, int rows, Func<int, string> row)
    {
        using var file = new StreamWriter(archive.CreateEntry($"{name}.csv", CompressionLevel.Fastest).Open());
        file.Write(string.Join(",", RosterFiles.Find(name)!.Columns.Where(column => !column.MayBeMissing).Select(column => column.Name)));
        file.Write("\r\n");
        for (var i = 0; i < rows; i++)
        {
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{row(i)}\r\n"));
        }
    }
}
