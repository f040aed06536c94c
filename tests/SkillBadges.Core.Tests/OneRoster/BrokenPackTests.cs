using System.Globalization;
using System.IO.Compression;
using System.Text;
using SkillBadges.Core.OneRoster.Importing;

namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>Packs with one thing wrong: each is refused with the file, the row, the column and the code, and nothing is written.</summary>
public sealed class BrokenPackTests
{
    private static readonly string Ana = SamplePack.User("u-a", "Ana", "Silva", "u-p");

    private static readonly Dictionary<string, Action<SamplePack>> Breaks = new(StringComparer.Ordinal)
    {
        // The archive.
        ["a folder||0||pack.file-name"] = pack => pack.Entries.Add(("rosters/users.csv", [])),
        ["a path upwards||0||pack.file-name"] = pack => pack.Entries.Add(("../users.csv", [])),
        ["an absolute path||0||pack.file-name"] = pack => pack.Entries.Add(("/etc/users.csv", [])),
        ["a drive||0||pack.file-name"] = pack => pack.Entries.Add(("C:\\users.csv", [])),
        ["an archive in the archive||0||pack.file-name"] = pack => pack.Entries.Add(("more.zip", SamplePack.Bulk().Zip().ToArray())),
        ["an unknown file||0||pack.file-name"] = pack => pack.Entries.Add(("students.csv", [])),
        ["another case||0||pack.file-name"] = pack => pack.Entries.Add(("Users.csv", [])),
        ["a file twice|users.csv|0||pack.file-twice"] = pack => pack.Entries.Add(("users.csv", Encoding.UTF8.GetBytes(pack.Files["users"]))),
        ["too many files||0||pack.too-many-files"] = pack => pack.Entries.AddRange(Enumerable.Range(0, 60).Select(i => ($"f{i}.csv", Array.Empty<byte>()))),
        ["a bomb|users.csv|0||pack.ratio"] = pack => pack.Files["users"] += new string('a', 3_000_000),

        // The manifest.
        ["no manifest|manifest.csv|0||manifest.missing"] = pack => pack.Files.Remove("manifest"),
        ["a manifest with another header|manifest.csv|1||manifest.header"] = pack => pack.Replace("manifest", "propertyName,value", "property,value"),
        ["version 1.1|manifest.csv|0|value|manifest.version"] = pack => pack.Replace("manifest", "oneroster.version,1.2", "oneroster.version,1.1"),
        ["another manifest version|manifest.csv|0|value|manifest.version"] = pack => pack.Replace("manifest", "manifest.version,1.0", "manifest.version,2.0"),
        ["an unknown property|manifest.csv|26|propertyName|manifest.property"] = pack => pack.Files["manifest"] += "file.students,bulk\r\n",
        ["a property twice|manifest.csv|26|propertyName|manifest.property-twice"] = pack => pack.Files["manifest"] += "file.users,bulk\r\n",
        ["a mode that is none|manifest.csv|24|value|manifest.mode"] = pack => pack.Replace("manifest", "file.users,bulk", "file.users,full"),
        ["a file that is not named|manifest.csv|0|propertyName|manifest.file-missing"] = pack => pack.Replace("manifest", "file.results,absent\r\n", ""),
        ["a file said to be absent|manifest.csv|0|value|manifest.present"] = pack => pack.Replace("manifest", "file.courses,bulk", "file.courses,absent"),
        ["a file said to be there|manifest.csv|0|value|manifest.absent"] = pack => pack.Replace("manifest", "file.results,absent", "file.results,bulk"),

        // The text.
        ["a byte order mark|users.csv|1||csv.byte-order-mark"] = pack => pack.Files["users"] = "\u00EF\u00BB\u00BF" + pack.Files["users"],
        ["UTF-16|orgs.csv|1||csv.byte-order-mark"] = pack => pack.Files["orgs"] = "\u00FF\u00FEo\0r\0g\0",
        ["a byte that is not UTF-8|users.csv|4|familyName|csv.encoding"] = pack => pack.Replace("users", "Silva", "Silv\u00E4"),
        ["half of a surrogate pair|users.csv|4|familyName|csv.encoding"] = pack => pack.Replace("users", "Ana,Silva", "Ana,Sil\u00ED\u00A0\u0080va"),
        ["an overlong form|users.csv|4|givenName|csv.encoding"] = pack => pack.Replace("users", "Ana", "\u00C1\u0081na"),
        ["U+0000|users.csv|4|givenName|csv.nul"] = pack => pack.Replace("users", "Ana", "A\0na"),
        ["a quotation mark inside|classes.csv|2|title|csv.quote"] = pack => pack.Replace("classes", "Welding 1 A", "Welding \"1\" A"),
        ["text after a quotation mark|courses.csv|2|grades|csv.quote"] = pack => pack.Replace("courses", "\"11,12\"", "\"11,12\"x"),
        ["a quotation mark that never ends|classes.csv|2|grades|csv.unterminated"] = pack => pack.Replace("classes", "\"11,12\"", "\"11,12").Replace("classes", "k2", "k2"),
        ["a carriage return alone|orgs.csv|1||csv.line-end"] = pack => pack.Files["orgs"] = pack.Files["orgs"].Replace("\r\n", "\r", StringComparison.Ordinal),
        ["a cell of 9 KB|users.csv|4|givenName|csv.too-long"] = pack => pack.Replace("users", "Ana", new string('a', 9000)),
        ["a row too short|roles.csv|3||csv.cells"] = pack => pack.Replace("roles", "r2,,,u-t2,primary,teacher,,,s1,", "r2,,,u-t2"),
        ["a row too long|roles.csv|3||csv.cells"] = pack => pack.Replace("roles", "r2,,,u-t2,primary,teacher,,,s1,", "r2,,,u-t2,primary,teacher,,,s1,,,"),
        ["an empty line|roles.csv|3||csv.cells"] = pack => pack.Replace("roles", "r2,", "\r\nr2,"),

        // The header.
        ["an empty file|courses.csv|1||header.missing"] = pack => pack.Files["courses"] = "",
        ["another case of a column|users.csv|1||header.unknown"] = pack => pack.Replace("users", "givenName", "GivenName"),
        ["an unknown column|orgs.csv|1||header.unknown"] = pack => pack.Replace("orgs", "parentSourcedId\r\n", "parentSourcedId,color\r\n"),
        ["a column missing|roles.csv|1|userProfileSourcedId|header.column-missing"] = pack => pack.Replace("roles", ",userProfileSourcedId", ""),
        ["columns in another order|orgs.csv|1|name|header.order"] = pack => pack.Replace("orgs", "name,type", "type,name"),
        ["a column twice|orgs.csv|1|name|header.twice"] = pack => pack.Replace("orgs", "name,type", "name,name"),

        // The cells.
        ["no sourcedId|users.csv|4|sourcedId|cell.required"] = pack => pack.Replace("users", "u-a,,,true", ",,,true"),
        ["a sourcedId with a space|orgs.csv|2|sourcedId|cell.id"] = pack => pack.Replace("orgs", "d1,,,West", "d 1,,,West"),
        ["a sourcedId of 256 characters|orgs.csv|2|sourcedId|cell.id"] = pack => pack.Replace("orgs", "d1,,,West", new string('d', 256) + ",,,West"),
        ["no family name|users.csv|4|familyName|cell.required"] = pack => pack.Replace("users", "Ana,Silva", "Ana,"),
        ["a name of blanks|users.csv|4|familyName|cell.required"] = pack => pack.Replace("users", "Ana,Silva", "Ana,  "),
        ["a day that does not exist|academicSessions.csv|2|startDate|cell.date"] = pack => pack.Replace("academicSessions", "2026-08-15,2027-06-15", "2026-02-30,2027-06-15"),
        ["a day of another form|academicSessions.csv|2|endDate|cell.date"] = pack => pack.Replace("academicSessions", "2027-06-15", "06/15/2027"),
        ["a flag that says yes|users.csv|4|enabledUser|cell.flag"] = pack => pack.Replace("users", "u-a,,,true", "u-a,,,yes"),
        ["an unknown role|roles.csv|2|role|cell.word"] = pack => pack.Replace("roles", "u-t1,primary,teacher", "u-t1,primary,instructor"),
        ["an unknown type of organization|orgs.csv|3|type|cell.word"] = pack => pack.Replace("orgs", "West High,school", "West High,School"),
        ["an extension without a name|roles.csv|2|role|cell.word"] = pack => pack.Replace("roles", "u-t1,primary,teacher", "u-t1,primary,ext:"),
        ["a school year of two digits|academicSessions.csv|2|schoolYear|cell.year"] = pack => pack.Replace("academicSessions", "2027-06-15,,2027", "2027-06-15,,27"),
        ["pairs without braces|users.csv|4|userIds|cell.pairs"] = pack => pack.Replace("users", Ana, SamplePack.User("u-a", "Ana", "Silva", "u-p", ids: "Fed:1")),
        ["a formula|users.csv|4|familyName|cell.formula"] = pack => pack.Replace("users", "Ana,Silva", "Ana,=HYPERLINK(1)"),
        ["a line break in a name|users.csv|4|familyName|cell.text"] = pack => pack.Replace("users", "Ana,Silva", "Ana,\"Sil\u0007va\""),
        ["a turned direction of reading|users.csv|4|familyName|cell.text"] = pack => pack.Replace("users", "Ana,Silva", "Ana,Sil\u00E2\u0080\u00AEva"),
        ["a name of 100 letters|users.csv|4|familyName|cell.too-long"] = pack => pack.Replace("users", "Ana,Silva", "Ana," + new string('s', 100)),
        ["a list with a hole|classes.csv|2|termSourcedIds|cell.id"] = pack => pack.Replace("classes", "s1,t1,,,1", "s1,\"t1,,y27\",,,1"),

        // The rows.
        ["a sourcedId twice|users.csv|5|sourcedId|row.twice"] = pack => pack.Replace("users", "u-b,,", "u-a,,").Replace("roles", "u-b", "u-a").Replace("enrollments", "u-b", "u-a"),
        ["a status in a bulk file|users.csv|4|status|row.status"] = pack => pack.Replace("users", "u-a,,,", "u-a,active,,"),
        ["a date in a bulk file|users.csv|4|dateLastModified|row.status"] = pack => pack.Replace("users", "u-a,,,", "u-a,,2026-09-01T08:00:00Z,"),
        ["an enrollment of nobody|enrollments.csv|4|userSourcedId|row.reference"] = pack => pack.Replace("enrollments", "u-b", "u-x"),
        ["an enrollment in no class|enrollments.csv|5|classSourcedId|row.reference"] = pack => pack.Replace("enrollments", "e4,,,k2", "e4,,,k9"),
        ["a role at no organization|roles.csv|2|orgSourcedId|row.reference"] = pack => pack.Replace("roles", "r1,,,u-t1,primary,teacher,,,s1", "r1,,,u-t1,primary,teacher,,,s9"),
        ["an agent who is not there|users.csv|4|agentSourcedIds|row.reference"] = pack => pack.Replace("users", "u-p,11", "u-z,11"),
        ["a term that is not there|classes.csv|3|termSourcedIds|row.reference"] = pack => pack.Replace("classes", "s1,t1,,,2", "s1,t9,,,2"),
        ["a class of no course|classes.csv|3|courseSourcedId|row.reference"] = pack => pack.Replace("classes", "11,c1,W1B", "11,c7,W1B"),
        ["its own parent|orgs.csv|2|parentSourcedId|row.own-ancestor"] = pack => pack.Replace("orgs", "West District,district,,", "West District,district,,d1"),
        ["an end before the begin|academicSessions.csv|3|endDate|row.dates"] = pack => pack.Replace("academicSessions", "2027-01-15", "2026-01-15"),
        ["a role that ends before it begins|roles.csv|2|endDate|row.dates"] = pack => pack.Replace("roles", "r1,,,u-t1,primary,teacher,,,", "r1,,,u-t1,primary,teacher,2026-09-02,2026-09-01,"),
        ["a class at a district|classes.csv|2|schoolSourcedId|row.not-a-school"] = pack => pack.Replace("classes", "Shop,s1,t1,,,1", "Shop,d1,t1,,,1"),
        ["a school that nobody knows|orgs.csv|3|identifier|row.school-unknown"] = pack => pack.Replace("orgs", "school,west", "school,nowhere"),
        ["a class of 501|enrollments.csv|506|classSourcedId|class.full"] = pack => Fill(pack, 501, "student"),
        ["a class of 21 teachers|enrollments.csv|26|classSourcedId|class.too-many-teachers"] = pack => Fill(pack, 20, "teacher"),
    };

    public static TheoryData<string> Packs => [.. Breaks.Keys];

    [Fact]
    public void There_are_sixty_and_more() => Assert.InRange(Breaks.Count, 60, 200);

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task A_broken_pack_is_refused_with_its_place_and_code(string broken)
    {
        var parts = broken.Split('|');
        using var school = await RosterSchool.OpenAsync();
        var before = await Snapshot.OfAsync(school, withVersions: true);
        var pack = SamplePack.Bulk();
        Breaks[broken](pack);

        var import = await school.CheckAsync(pack);

        Assert.Equal(ImportState.Faulty, import.State);
        var faults = (await school.FaultsAsync(import)).Select(fault => (fault.File, fault.Row, fault.Column ?? "", fault.Code)).ToArray();
        Assert.Contains((parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture), parts[3], parts[4]), faults);
        Assert.Equal("oneroster.not-checked", (await Assert.ThrowsAsync<RefusedException>(() => school.Workflow.BeginAsync(school.Admin, import.Id, null, CancellationToken.None))).Code);
        Assert.Equal(before, await Snapshot.OfAsync(school, withVersions: true));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-1)]
    public async Task An_archive_cut_short_or_no_archive_is_damaged(int length)
    {
        using var school = await RosterSchool.OpenAsync();
        var bytes = SamplePack.Bulk().Zip().ToArray();
        using var content = new MemoryStream(length < 0 ? Encoding.UTF8.GetBytes("not an archive") : bytes[..length]);
        var received = await school.Workflow.ReceiveAsync(school.Admin, new(school.District, "sis", false, null), content, _ => null, CancellationToken.None);

        var import = await school.Workflow.CheckAsync(received.Id, CancellationToken.None);

        Assert.Equal("pack.damaged", Assert.Single(await school.FaultsAsync(import)).Code);
    }

    [Fact]
    public async Task A_link_in_the_archive_is_refused()
    {
        using var school = await RosterSchool.OpenAsync();
        using var bytes = SamplePack.Bulk().Zip();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry("users.csv")!.ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        bytes.Position = 0;
        var received = await school.Workflow.ReceiveAsync(school.Admin, new(school.District, "sis", false, null), bytes, _ => null, CancellationToken.None);

        Assert.Equal(("users.csv", "pack.link"), (await school.FaultsAsync(await school.Workflow.CheckAsync(received.Id, CancellationToken.None))).Select(fault => (fault.File, fault.Code)).Single());
    }

    [Fact]
    public async Task A_delta_row_says_its_status_and_what_it_refers_to_may_have_come_earlier()
    {
        using var school = await RosterSchool.OpenAsync();
        var delta = new SamplePack().Set("enrollments", SamplePack.Enrollment("e9", "k1", "u-a", "student"), SamplePack.Enrollment("e8", "k1", "u-a", "student", status: "active,2026-09-01T08:00:00Z")).Manifest("delta");

        var unknown = (await school.FaultsAsync(await school.CheckAsync(delta))).Select(fault => (fault.Row, fault.Column!, fault.Code)).ToArray();
        await school.TakeAsync(SamplePack.Bulk());
        var known = (await school.FaultsAsync(await school.CheckAsync(delta))).Select(fault => (fault.Row, fault.Column!, fault.Code)).ToArray();

        Assert.Contains((3, "classSourcedId", "row.reference"), unknown);
        Assert.Equal([(2, "status", "row.status")], known);
    }

    [Fact]
    public async Task Both_forms_of_users_and_columns_of_ones_own_are_taken()
    {
        using var school = await RosterSchool.OpenAsync();
        var pack = SamplePack.Bulk();
        pack.Files["users"] = string.Concat(pack.Files["users"].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select((line, i) =>
        {
            var cells = line.Split(',').ToList();
            cells.Insert(17, i == 0 ? "resourceSourcedIds" : "");
            return string.Join(',', cells.Append(i == 0 ? "metadata.west.locker" : "17")) + "\r\n";
        }));

        Assert.Equal(ImportState.Applied, (await school.TakeAsync(pack)).State);
        Assert.Equal("11", Assert.Single((await school.UserAsync("u-a")).Grades));
    }

    private static void Fill(SamplePack pack, int count, string role)
    {
        foreach (var i in Enumerable.Range(0, count))
        {
            pack.Files["enrollments"] += SamplePack.Enrollment($"x{i}", "k2", "u-b", role) + "\r\n";
        }
    }
}
