using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class BadgeFileTests
{
    private const string Path = "manufacturing/bench-work.json";

    private static readonly Dictionary<string, MasteryScale> scales = new() { ["four-level"] = Scales.FourLevel() };

    [Fact]
    public void A_sound_file_becomes_a_badge()
    {
        var reading = Read(BadgeFiles.Bench);
        Assert.Empty(reading.Faults);
        var badge = reading.Content!;
        Assert.Equal("Make the part.\n\n- Within 1/64 inch.", badge.Criteria);
        Assert.Equal(["filing", "drilling", "tapping", "measuring"], badge.Competencies.Select(competency => competency.Id));
        Assert.Equal(["proficient", "proficient", "proficient", "developing"], badge.Competencies.Select(competency => competency.RequiredLevel));
        Assert.Equal([1, 1, 1, 2], badge.Competencies.Select(competency => competency.ChooseAtLeast));
        Assert.Equal("Leaves deep scratches and rounded edges.", badge.Competencies[0].LevelDescriptors["beginning"]);
        Assert.Equal((SupervisorMode.CoSign, "machinist", "A journeyman machinist signs."), (badge.Review.Supervisor, badge.Review.QualificationCode, badge.Review.QualificationNote));
        Assert.Equal((null, "machinist", RaterDisagreement.ThirdRater), (badge.Review.RequiredOf(ReviewerRole.Teacher), badge.Review.RequiredOf(ReviewerRole.Supervisor), badge.Review.Raters));
        Assert.Equal(24, badge.RecencyMonths);
        Assert.Equal(Scales.FourLevel(), badge.Scale);
    }

    [Fact]
    public void A_badge_names_only_attributes_that_a_profile_has()
    {
        var reading = DefinitionFile.ReadBadge(Path, Encoding.UTF8.GetBytes(BadgeFiles.Bench), scales, new Dictionary<string, GraduateProfile>());
        var fault = Assert.Single(reading.Faults);
        Assert.Equal(("definition-file.unknown-attribute", "$.attributes[0]"), (fault.Code, fault.Path));
    }

    // Each row breaks the sound file in one place: what is replaced, by what, and the fault with its line and path.
    public static TheoryData<string, string, string, int, string> Breaks => new()
    {
        { "https://standards.example.org/CFItems", "http://standards.example.org/CFItems", "definition.bad-url", 55, "$.competencies[3].alignments[0].targetUrl" },
        { "\"band\": \"11-12\"", "\"band\": \"12\"", "definition-file.bad-value", 39, "$.competencies[2].band" },
        { "\"level\": \"proficient\", \"title\"", "\"level\": \"expert\", \"title\"", "scale.unknown-level", 51, "$.competencies[3].exemplars[0].level" },
        { "https://example.org/sheet", "http://example.org/sheet", "definition.bad-url", 51, "$.competencies[3].exemplars[0].url" },
        { "\"id\": \"gauge-study\"", "\"id\": \"Gauge\"", "definition-file.bad-slug", 55, "$.competencies[3].extensions[0].id" },
        { "\"competencies\": [\"filing\"]", "\"competencies\": [\"welding\"]", "definition.unknown-competency", 58, "$.attributes[0].competencies[0]" },
        { "\"slug\": \"bench-work\"", "\"slug\": \"bench_work\"", "definition-file.bad-slug", 2, "$.slug" },
        { "\"slug\": \"bench-work\"", "\"slug\": \"other-work\"", "definition-file.wrong-place", 2, "$.slug" },
        { "\"slug\": \"bench-work\"", "\"slug\": 7", "definition-file.wrong-type", 2, "$.slug" },
        { "\"slug\": \"bench-work\",\n", "", "definition-file.missing-member", 1, "$.slug" },
        { "\"name\": \"Bench Work\"", "\"name\": \"\"", "definition-file.bad-length", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": null", "definition-file.wrong-type", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench \\ud800Work\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench \\u202eWork\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench \\u2066Work\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench\\u0000Work\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench\\nWork\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench\\ufeffWork\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \" Bench Work\"", "definition-file.bad-text", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench Work\", \"name\": \"Else\"", "definition-file.duplicate-member", 3, "$.name" },
        { "\"name\": \"Bench Work\"", "\"name\": \"Bench Work\", \"nmae\": \"Else\"", "definition-file.unknown-member", 3, "$.nmae" },
        { "\"achievementType\": \"Badge\"", "\"achievementType\": \"Bagde\"", "definition.bad-achievement-type", 5, "$.achievementType" },
        { "\"achievementType\": \"Badge\"", "\"achievementType\": \"ext:\"", "definition.bad-achievement-type", 5, "$.achievementType" },
        { "\"field\": \"manufacturing\"", "\"field\": \"welding\"", "definition-file.wrong-place", 6, "$.field" },
        { "\"filing\", \"steel\"", "\"filing\", \"Filing\"", "definition.duplicate-id", 7, "$.tags[1]" },
        { "\"filing\", \"steel\"", "\"filing\", true", "definition-file.wrong-type", 7, "$.tags[1]" },
        { "[\"filing\", \"steel\"]", "{}", "definition-file.wrong-type", 7, "$.tags" },
        { "[\"filing\", \"steel\"]", "[]", "definition-file.bad-length", 7, "$.tags" },
        { "{ \"alt\": \"A file over a vise\" }", "\"x\"", "definition-file.wrong-type", 8, "$.image" },
        { "\"scale\": \"four-level\"", "\"scale\": \"five-level\"", "definition-file.unknown-scale", 9, "$.scale" },
        { "- Within 1/64 inch.", "- Within <b>1/64</b> inch.", "definition.bad-markdown", 10, "$.criteria" },
        { "- Within 1/64 inch.", "<!-- x -->", "definition.bad-markdown", 10, "$.criteria" },
        { "- Within 1/64 inch.", "![x](https://tracker.example/x.png)", "definition.bad-markdown", 10, "$.criteria" },
        { "- Within 1/64 inch.", "[x](javascript:alert(1))", "definition.bad-markdown", 10, "$.criteria" },
        { "- Within 1/64 inch.", "[x](<https://a.example>)", "definition.bad-markdown", 10, "$.criteria" },
        { "- Within 1/64 inch.", "> [x]: data:text/html,x", "definition.bad-markdown", 10, "$.criteria" },
        { "\"skillGroup\": \"making\"", "\"skillGroup\": \"missing\"", "definition.unknown-skill-group", 19, "$.competencies[0].skillGroup" },
        { "\"id\": \"drilling\"", "\"id\": \"filing\"", "definition.duplicate-id", 29, "$.competencies[1].id" },
        { "Files a block flat and square to a drawing.", "files a block flat and square to a drawing", "definition.not-a-sentence", 18, "$.competencies[0].statement" },
        { "\"developing\": \"Flat faces, but corners are off square.\",", "", "definition.missing-descriptor", 20, "$.competencies[0].levels.developing" },
        { "\"developing\": \"Flat faces, but corners are off square.\"", "\"expert\": \"Flat faces, but corners are off square.\"", "scale.unknown-level", 22, "$.competencies[0].levels.expert" },
        { "Flat faces, but corners are off square.", "Leaves deep scratches and rounded edges.", "definition.repeated-descriptor", 22, "$.competencies[0].levels.developing" },
        { "\"Flat faces, but corners are off square.\"", "3", "definition-file.wrong-type", 22, "$.competencies[0].levels.developing" },
        { "\"requiredLevel\": \"developing\"", "\"requiredLevel\": \"expert\"", "scale.unknown-level", 49, "$.competencies[3].requiredLevel" },
        { "\"chooseAtLeast\": 2", "\"chooseAtLeast\": 3", "definition.choose-too-many", 51, "$.competencies[3].chooseAtLeast" },
        { "\"chooseAtLeast\": 2", "\"chooseAtLeast\": 2.5", "definition-file.bad-value", 51, "$.competencies[3].chooseAtLeast" },
        { "\"chooseAtLeast\": 2", "\"chooseAtLeast\": 99999999999999999999", "definition-file.bad-value", 51, "$.competencies[3].chooseAtLeast" },
        { "\"chooseAtLeast\": 2", "\"chooseAtLeast\": \"2\"", "definition-file.wrong-type", 51, "$.competencies[3].chooseAtLeast" },
        { "\"kind\": \"link\"", "\"kind\": \"url\"", "definition-file.bad-value", 54, "$.competencies[3].evidence[1].kind" },
        { "\"id\": \"sheet\"", "\"id\": \"film\"", "definition.duplicate-id", 54, "$.competencies[3].evidence[1].id" },
        { "\"supervisor\": \"co-sign\"", "\"supervisor\": \"not-allowed\"", "definition.reviewers-disagree", 58, "$.review" },
        { "[\"teacher\", \"supervisor\"]", "[\"supervisor\"]", "definition.reviewers-disagree", 58, "$.review" },
        { "[\"teacher\", \"supervisor\"]", "[\"teacher\"]", "definition.reviewers-disagree", 58, "$.review" },
        { "[\"teacher\", \"supervisor\"]", "[\"teacher\", \"principal\"]", "definition-file.bad-value", 59, "$.review.roles[1]" },
        { "\"recencyMonths\": 24", "\"recencyMonths\": 0", "definition-file.bad-value", 63, "$.recencyMonths" },
        { "\"targetCode\": \"51-4041.00\"", "\"targetCode\": \"51-4041\"", "definition.bad-code", 65, "$.alignments[0].targetCode" },
        { ", \"targetCode\": \"51-4041.00\"", "", "definition.bad-code", 65, "$.alignments[0].targetCode" },
        { "summary/51-4041.00", "summary/51-4041.01", "definition.bad-url", 65, "$.alignments[0].targetUrl" },
        { "\"targetCode\": \"48.0501\"", "\"targetCode\": \"48.501\"", "definition.bad-code", 66, "$.alignments[1].targetCode" },
        { "https://www.nims-skills.org/", "http://www.nims-skills.org/", "definition.bad-url", 67, "$.alignments[2].targetUrl" },
        { "https://www.nims-skills.org/", "https://nims-skills.org@evil.example/", "definition.bad-url", 67, "$.alignments[2].targetUrl" },
        { "https://www.nims-skills.org/", "https://127.0.0.1/", "definition.bad-url", 67, "$.alignments[2].targetUrl" },
        { "https://www.nims-skills.org/", "https://localhost/", "definition.bad-url", 67, "$.alignments[2].targetUrl" },
        { "https://www.nims-skills.org/", "javascript:alert(1)", "definition.bad-url", 67, "$.alignments[2].targetUrl" },
        { "https://www.nims-skills.org/", "https://www.nims-skills.org/\\u0430", "definition.bad-url", 67, "$.alignments[2].targetUrl" },
        { "\"targetType\": \"CTDL\"", "\"targetType\": \"ctdl\"", "definition.bad-target-type", 67, "$.alignments[2].targetType" },
        { "\"coAuthors\": [{ \"kind\": \"college\" }]", "\"coAuthors\": [[[[[[[[[[[[[[]]]]]]]]]]]]]]", "definition-file.not-json", 69, "$" },
        { "\"recencyMonths\": 24,", "\"recencyMonths\": 24", "definition-file.not-json", 64, "$" },
        { "\"recencyMonths\": 24,", "\"recencyMonths\": 24, // two years", "definition-file.not-json", 63, "$" },
        { "\"coAuthors\": [{ \"kind\": \"college\" }]", "\"coAuthors\": [{ \"kind\": \"college\" }],", "definition-file.not-json", 70, "$" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_fault_is_told_with_its_place(string sound, string broken, string code, int line, string path)
    {
        Assert.Contains(sound, BadgeFiles.Bench, StringComparison.Ordinal);
        var reading = Read(BadgeFiles.Bench.Replace(sound, broken, StringComparison.Ordinal));
        Assert.Null(reading.Content);
        Assert.Equal((code, line, path), reading.Faults.Select(fault => (fault.Code, fault.Line, fault.Path)).First(fault => fault.Code == code));
        Assert.All(reading.Faults, fault => Assert.InRange(fault.Column, 1, 400));
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var reading = Read(BadgeFiles.Bench
            .Replace("\"recencyMonths\": 24", "\"recencyMonths\": -1", StringComparison.Ordinal)
            .Replace("\"name\": \"Bench Work\"", "\"name\": 1", StringComparison.Ordinal)
            .Replace("\"kind\": \"link\"", "\"kind\": \"url\"", StringComparison.Ordinal)
            .Replace("\"Flat faces, but corners are off square.\"", "\"short\"", StringComparison.Ordinal));
        Assert.Equal(
            ["3:11 definition-file.wrong-type", "22:23 definition-file.bad-length", "54:34 definition-file.bad-value", "63:20 definition-file.bad-value"],
            reading.Faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Code}"));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_told_and_never_read_halfway()
    {
        var bytes = Encoding.UTF8.GetBytes(BadgeFiles.Bench.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            var reading = DefinitionFile.ReadBadge(Path, bytes.AsSpan(0, length), scales);
            Assert.Null(reading.Content);
            Assert.Equal("definition-file.not-json", Assert.Single(reading.Faults).Code);
        }
    }

    [Fact]
    public void A_truncated_file_is_told_at_its_last_line()
    {
        var reading = Read(BadgeFiles.Bench[..BadgeFiles.Bench.LastIndexOf("\"alignments\"", StringComparison.Ordinal)]);
        Assert.Equal(63, Assert.Single(reading.Faults).Line);
    }

    [Fact]
    public void Oversize_other_encodings_and_byte_order_marks_are_told_or_tolerated()
    {
        Assert.Equal("definition-file.too-large", Assert.Single(Read(BadgeFiles.Bench + new string(' ', DefinitionFile.MaxBytes)).Faults).Code);
        var utf16 = DefinitionFile.ReadBadge(Path, Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(BadgeFiles.Bench)).ToArray(), scales);
        Assert.Equal(("definition-file.not-utf8", 1, 1), Assert.Single(utf16.Faults.Select(fault => (fault.Code, fault.Line, fault.Column))));
        var latin = Encoding.Latin1.GetBytes(BadgeFiles.Bench.Replace("A file over", "Ein \u00fcber", StringComparison.Ordinal));
        Assert.Equal(("definition-file.not-utf8", 8), Assert.Single(DefinitionFile.ReadBadge(Path, latin, scales).Faults.Select(fault => (fault.Code, fault.Line))));
        Assert.NotNull(DefinitionFile.ReadBadge(Path, Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(BadgeFiles.Bench)).ToArray(), scales).Content);
    }

    [Fact]
    public void Windows_line_ends_and_wide_characters_leave_lines_and_columns_right()
    {
        var reading = Read(BadgeFiles.Bench
            .Replace("\"name\": \"Bench Work\",", "\"name\": \"\U0001F527\u00e9\", \"x\": 1,", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal((3, 17), Assert.Single(reading.Faults.Select(fault => (fault.Line, fault.Column))));
    }

    [Fact]
    public void A_hostile_name_is_not_repeated_in_a_message()
    {
        var reading = Read(BadgeFiles.Bench.Replace("\"name\": \"Bench", "\"\\u202ename\": 1, \"name\": \"Bench", StringComparison.Ordinal));
        var fault = Assert.Single(reading.Faults);
        Assert.Equal("definition-file.unknown-member", fault.Code);
        Assert.DoesNotContain("\u202e", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_faults_is_cut()
    {
        var members = string.Concat(Enumerable.Range(0, 400).Select(i => $"\"x{i}\": 1, "));
        Assert.Equal(200, Read(BadgeFiles.Bench.Replace("\"name\": \"Bench", members + "\"name\": \"Bench", StringComparison.Ordinal)).Faults.Length);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"badge\"")]
    [InlineData("7")]
    public void Another_value_than_an_object_is_told(string json) =>
        Assert.Equal("definition-file.wrong-type", Assert.Single(Read(json).Faults).Code);

    private static FileReading<BadgeDefinition> Read(string json) => DefinitionFile.ReadBadge(Path, Encoding.UTF8.GetBytes(json), scales);
}
