using System.Text;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Definitions.Frameworks;

namespace SkillBadges.Core.Tests.Definitions.Frameworks;

public sealed class CaseFileTests
{
    [Fact]
    public void A_sound_package_is_read_whole_and_what_no_version_knows_is_passed_over()
    {
        var package = Sound(CasePackages.Welding);
        Assert.Equal(("Welding Technology", CasePackages.Document, "1.1"), (package.Document.Title, package.Document.Identity.Identifier, package.Document.CaseVersion));
        Assert.Equal(new DateOnly(2025, 7, 1), package.Document.StatusStart);
        Assert.Null(package.Document.Notes);
        Assert.Equal(["WT.1", "WT.1.1", "WT.2"], package.Items.Select(item => item.HumanCodingScheme));
        Assert.Equal("11 12", string.Join(' ', package.Items[1].EducationLevels));
        Assert.Equal(["isChildOf", "isChildOf", "exactMatchOf"], package.Associations.Select(association => association.Type));
        Assert.Equal(0.5m, package.Rubrics[0].Criteria[0].Weight);
        Assert.Equal("Proficient", package.Rubrics[0].Criteria[0].Levels[0].Quality);
        Assert.Equal("Free to share.", package.Definitions!.Licenses[0].LicenseText);
    }

    [Fact]
    public void A_package_of_the_first_version_is_read_as_well()
    {
        var package = Sound(CasePackages.Welding.Replace(" \"caseVersion\": \"1.1\",", "", StringComparison.Ordinal));
        Assert.Null(package.Document.CaseVersion);
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_package()
    {
        var written = CaseFile.Write(Sound(CasePackages.Welding));
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(CaseFile.Write(Sound(Encoding.UTF8.GetString(written)))));
        Assert.DoesNotContain("null", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    // Each row breaks the sound package in one place: what is replaced, by what, and the fault that is told with its path.
    public static TheoryData<string, string, string, string> Breaks => new()
    {
        { "\"CFDocument\"", "\"CFDoc\"", "case.not-a-package", "$" },
        { "{\n  \"CFDocument\"", "[{\n  \"CFDocument\"", "definition-file.not-json", "$" },
        { "\"CFItems\": [", "\"CFItems\": { \"a\": [", "definition-file.not-json", "$" },
        { "\"creator\": \"State Office\", ", "", "case.missing-member", "$.CFDocument.creator" },
        { "\"title\": \"Welding Technology\"", "\"title\": 7", "case.wrong-type", "$.CFDocument.title" },
        { "\"title\": \"Welding Technology\"", "\"title\": \"\"", "case.missing-member", "$.CFDocument.title" },
        { "\"title\": \"Welding Technology\"", "\"title\": \"Welding \\u202eygolonhceT\"", "case.bad-text", "$.CFDocument.title" },
        { "\"title\": \"Welding Technology\"", "\"title\": \"Weld\\u0000ing\"", "case.bad-text", "$.CFDocument.title" },
        { "\"title\": \"Welding Technology\"", "\"title\": \"Weld\\ud800ing\"", "definition-file.bad-text", "$.CFDocument.title" },
        { "\"title\": \"Welding Technology\"", "\"title\": \"A\", \"title\": \"B\"", "definition-file.duplicate-member", "$.CFDocument.title" },
        { "\"identifier\": \"7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6A01\", ", "", "case.missing-member", "$.CFDocument.identifier" },
        { "\"7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6A01\"", "\"welding\"", "case.bad-identifier", "$.CFDocument.identifier" },
        { "\"7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6A01\"", "\"{7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6A01}\"", "case.bad-identifier", "$.CFDocument.identifier" },
        { "\"2025-03-01T08:30:00+00:00\"", "\"2025-03-01\"", "case.bad-date", "$.CFDocument.lastChangeDateTime" },
        { "\"2025-03-01T08:30:00+00:00\"", "\"2025-03-01T08:30:00\"", "case.bad-date", "$.CFDocument.lastChangeDateTime" },
        { "\"2025-03-01T08:30:00+00:00\"", "\"2025-02-30T08:30:00Z\"", "case.bad-date", "$.CFDocument.lastChangeDateTime" },
        { "\"2025-07-01\"", "\"07/01/2025\"", "case.bad-date", "$.CFDocument.statusStartDate" },
        { "\"caseVersion\": \"1.1\"", "\"caseVersion\": \"2.0\"", "case.bad-value", "$.CFDocument.caseVersion" },
        { "\"Adopted\"", "\"Maybe\"", "case.bad-value", "$.CFDocument.adoptionStatus" },
        { "\"subject\": [\"Career and Technical Education\"]", "\"subject\": \"CTE\"", "case.wrong-type", "$.CFDocument.subject" },
        { "\"subject\": [\"Career and Technical Education\"]", "\"subject\": [1]", "case.wrong-type", "$.CFDocument.subject[0]" },
        { "\"licenseURI\": {", "\"licenseURI\": 1, \"b\": {", "case.wrong-type", "$.CFDocument.licenseURI" },
        { "\"https://creativecommons.org/licenses/by/4.0/\" }\n", "\"javascript:alert(1)\" }\n", "case.bad-uri", "$.CFDocument.licenseURI.uri" },
        { "\"https://standards.example.org/a/1\"", "\"https://user:secret@standards.example.org/a/1\"", "case.bad-uri", "$.CFAssociations[0].uri" },
        { "\"https://standards.example.org/a/1\"", "\"a/1\"", "case.bad-uri", "$.CFAssociations[0].uri" },
        { "\"https://standards.example.org/a/1\"", "\"https://standards.example.org/a 1\"", "case.bad-uri", "$.CFAssociations[0].uri" },
        { "\"https://standards.example.org/a/1\"", "\"file:///etc/passwd\"", "case.bad-uri", "$.CFAssociations[0].uri" },
        { "\"fullStatement\": \"Works safely.\"", "\"fullStatement\": null", "case.missing-member", "$.CFItems[0].fullStatement" },
        { "\"educationLevel\": [\"11\", \"12\"]", "\"educationLevel\": [[\"11\"]]", "case.wrong-type", "$.CFItems[1].educationLevel[0]" },
        { "\"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b02\", \"uri\": \"https://standards.example.org/ims", "\"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01\", \"uri\": \"https://standards.example.org/ims", "case.duplicate-identifier", "$.CFItems[1].identifier" },
        { "\"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6c02\"", "\"7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6C01\"", "case.duplicate-identifier", "$.CFAssociations[1].identifier" },
        { "\"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6e03\"", "\"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01\"", "case.duplicate-identifier", "$.CFRubrics[0].CFRubricCriteria[0].CFRubricCriterionLevels[0].identifier" },
        { "\"associationType\": \"exactMatchOf\"", "\"associationType\": \"isParentOf\"", "case.bad-value", "$.CFAssociations[2].associationType" },
        { "\"associationType\": \"exactMatchOf\"", "\"associationType\": \"ext:\"", "case.bad-value", "$.CFAssociations[2].associationType" },
        { "\"sequenceNumber\": 1", "\"sequenceNumber\": \"1\"", "case.wrong-type", "$.CFAssociations[0].sequenceNumber" },
        { "\"sequenceNumber\": 1", "\"sequenceNumber\": 1.5", "case.bad-value", "$.CFAssociations[0].sequenceNumber" },
        { "\"originNodeURI\": { \"title\": \"WT.1\", ", "\"origin\": { \"title\": \"WT.1\", ", "case.missing-member", "$.CFAssociations[0].originNodeURI" },
        { "\"title\": \"WT.1\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01\"", "\"title\": \"WT.1\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b77\"", "case.dangling-association", "$.CFAssociations[0].originNodeURI" },
        { "\"title\": \"Welding\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a01\"", "\"title\": \"Welding\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b77\"", "case.dangling-association", "$.CFAssociations[0].destinationNodeURI" },
        { "\"title\": \"WT.2\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b03\"", "\"title\": \"WT.2\", \"identifier\": \"bbbbbbbb-5f0a-4f9b-9f55-0d5c0b6f6b99\"", "case.dangling-association", "$.CFAssociations[2].originNodeURI" },
        { "\"title\": \"Welding\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a01\"", "\"title\": \"Welding\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b02\"", "case.cycle", "$.CFAssociations[1]" },
        { "\"title\": \"Welding\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a01\"", "\"title\": \"Welding\", \"identifier\": \"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01\"", "case.self-association", "$.CFAssociations[0].destinationNodeURI" },
        { "\"CFItemType\": \"Strand\"", "\"CFDocumentURI\": { \"identifier\": \"aaaaaaaa-5f0a-4f9b-9f55-0d5c0b6f6a01\", \"uri\": \"https://x.example\" }", "case.foreign-item", "$.CFItems[0].CFDocumentURI" },
        { "\"CFRubrics\": [", "\"CFRubrics\": [7, ", "case.wrong-type", "$.CFRubrics[0]" },
        { "\"weight\": 0.5", "\"weight\": 1e999", "case.bad-value", "$.CFRubrics[0].CFRubricCriteria[0].weight" },
        { "\"CFItemTypes\": [", "\"CFItemTypes\": \"none\", \"c\": [", "case.wrong-type", "$.CFDefinitions.CFItemTypes" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_broken_package_is_told_by_its_fault_and_place(string words, string others, string code, string path)
    {
        Assert.Contains(words, CasePackages.Welding, StringComparison.Ordinal);
        var place = CasePackages.Welding.IndexOf(words, StringComparison.Ordinal);
        var reading = Read(CasePackages.Welding[..place] + others + CasePackages.Welding[(place + words.Length)..]);
        Assert.Null(reading.Content);
        var fault = reading.Faults[0];
        Assert.Equal((code, path), (fault.Code, fault.Path));
        Assert.True(fault.Line > 0, "The place is told by its line too.");
    }

    [Fact]
    public void Forty_broken_packages_and_more_are_told_apart() => Assert.True(Breaks.Count >= 40, "There are fewer.");

    [Fact]
    public void A_file_of_any_size_is_read_no_further_than_a_package_can_be_large()
    {
        Assert.Equal("case.too-large", Assert.Single(CaseFile.Read("big.json", new byte[CaseFile.MaxBytes + 1]).Faults).Code);
        Assert.Equal("definition-file.too-many-values", Assert.Single(Read($"{{\"CFDocument\":[{string.Join(',', Enumerable.Repeat("[]", 1_000_001))}]}}").Faults).Code);
        Assert.Equal("definition-file.too-many-values", Assert.Single(Read($"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"m{i}\":0"))}}}").Faults).Code);
        Assert.Equal("definition-file.not-json", Assert.Single(Read(new string('[', 100_000)).Faults).Code);
        var items = string.Join(',', Enumerable.Repeat("{}", CaseFile.MaxItems + 1));
        Assert.Equal("case.too-many", Read(CasePackages.Welding.Replace("\"CFItems\": [", $"\"CFItems\": [{items},", StringComparison.Ordinal)).Faults[0].Code);
    }

    [Fact]
    public void A_chain_of_ten_thousand_items_is_walked_without_a_stack_and_its_circle_is_found()
    {
        var reading = Read(Chain(10_000, closed: false));
        Assert.Empty(reading.Faults);
        Assert.Equal("case.cycle", Assert.Single(Read(Chain(10_000, closed: true)).Faults).Code);
    }

    private static string Chain(int length, bool closed)
    {
        static string Link(int i) => $"{{\"identifier\":\"00000000-0000-4000-8000-{i:x12}\",\"uri\":\"https://x.example/{i}\"}}";
        static string Part(int i, string kind) => $"\"identifier\":\"{kind}0000000-0000-4000-8000-{i:x12}\",\"uri\":\"https://x.example/{i}\",\"lastChangeDateTime\":\"2025-01-01T00:00:00Z\"";
        var items = Enumerable.Range(0, length).Select(i => $"{{{Part(i, "0")},\"fullStatement\":\"S\"}}");
        var links = Enumerable.Range(0, closed ? length : length - 1)
            .Select(i => $"{{{Part(i, "1")},\"associationType\":\"isChildOf\",\"originNodeURI\":{Link(i)},\"destinationNodeURI\":{Link((i + 1) % length)}}}");
        return $"{{\"CFDocument\":{{{Part(0, "2")},\"creator\":\"C\",\"title\":\"T\"}},\"CFItems\":[{string.Join(',', items)}],\"CFAssociations\":[{string.Join(',', links)}]}}";
    }

    internal static CasePackage Sound(string text)
    {
        var reading = Read(text);
        Assert.Empty(reading.Faults);
        return reading.Content!;
    }

    private static FileReading<CasePackage> Read(string text) => CaseFile.Read("welding.json", Encoding.UTF8.GetBytes(text));
}
