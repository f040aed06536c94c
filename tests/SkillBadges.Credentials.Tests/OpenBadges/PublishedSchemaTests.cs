using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Tests.OpenBadges;

/// <summary>Our tables beside the schemas that 1EdTech publishes: one difference and we refuse what others issue, or the other way round.</summary>
public sealed class PublishedSchemaTests
{
    // The published schema closes these by oversight: its VCDM 2.0 twin is open, and so is every extension point of the text.
    private static readonly string[] closedByOversight = ["AchievementSubjectv1p1"];

    [ConformanceTheory]
    [InlineData("strict_ob_v3p0_achievementcredential_schema.json", "AchievementCredential")]
    [InlineData("ob_v3p0_achievementcredential_schema.json", "AchievementCredential")]
    [InlineData("ob_v3p0_endorsementcredential_schema.json", "EndorsementCredential")]
    [InlineData("ob_v3p0_profile_schema.json", "Profile")]
    [InlineData("clr_v2p0_clrcredential_schema.json", "ClrCredential")]
    [InlineData("clr_v2p0_achievementcredential_schema.json", "AchievementCredential")]
    [InlineData("clr_v2p0_endorsementcredential_schema.json", "EndorsementCredential")]
    [InlineData("clr_v2p0_profile_schema.json", "Profile")]
    public void Our_tables_say_what_the_published_schema_says(string file, string root)
    {
        using var schema = new PublishedSchema(file);
        var strict = file.StartsWith("strict", StringComparison.Ordinal);
        var classes = schema.Classes(root).ToList();
        Assert.NotEmpty(classes);

        foreach (var (name, published) in classes)
        {
            var rule = OpenBadgeRules.Named(name);
            // The strict schema alone asks an id of a status; the text and every other schema do not.
            var required = PublishedSchema.Required(published).Where(member => !(strict && name == "CredentialStatus" && member == "id"));
            Assert.Equal((name, string.Join(' ', required)), (name, string.Join(' ', rule.Members.Where(m => m.Required).Select(m => m.Name).Order(StringComparer.Ordinal))));
            Assert.Equal((name, PublishedSchema.IsClosed(published)), (name, rule.Closed));
            foreach (var member in published.GetProperty("properties").EnumerateObject())
            {
                Same(name, member.Name, member.Value, rule);
            }
        }
    }

    [ConformanceFact]
    public void Every_class_and_member_of_our_tables_is_published()
    {
        using var badges = new PublishedSchema("ob_v3p0_achievementcredential_schema.json");
        using var records = new PublishedSchema("clr_v2p0_clrcredential_schema.json");
        var published = badges.Classes("AchievementCredential").Concat(records.Classes("ClrCredential")).ToLookup(pair => pair.Name, pair => pair.Class);

        // The envelope is VCDM 2.0's own and is in no schema of 1EdTech; VCDM 1.1 twins are compared below.
        foreach (var rule in OpenBadgeRules.All.Where(rule => rule.Name != "EnvelopedVerifiableCredential" && !rule.Name.EndsWith("v1p1", StringComparison.Ordinal)))
        {
            var members = published[rule.Name].SelectMany(c => c.GetProperty("properties").EnumerateObject()).Select(m => m.Name).ToHashSet();
            Assert.All(rule.Members, member => Assert.True(
                members.Contains(member.Name) || (rule.Name == "EndorsementCredential" && member.Name == "evidence"),
                $"{rule.Name}.{member.Name}"));
        }
    }

    [ConformanceFact]
    public void The_older_data_model_is_read_as_the_published_schema_has_it()
    {
        using var schema = new PublishedSchema("ob_v3p0_anyachievementcredential_schema.json");
        var older = schema.Root.GetProperty("anyOf")[0];
        var rule = OpenBadgeRules.Named("AchievementCredentialv1p1");

        Assert.Equal(PublishedSchema.Required(older), rule.Members.Where(m => m.Required).Select(m => m.Name).Order(StringComparer.Ordinal));
        foreach (var (name, published) in schema.Classes("none").Where(pair => pair.Name != "none" && !closedByOversight.Contains(pair.Name)))
        {
            var ours = OpenBadgeRules.Named(OpenBadgeRules.All.Any(r => r.Name == name) ? name : name.Replace("v1p1", "", StringComparison.Ordinal));
            Assert.Equal((name, string.Join(' ', PublishedSchema.Required(published))), (name, string.Join(' ', ours.Members.Where(m => m.Required).Select(m => m.Name).Order(StringComparer.Ordinal))));
        }
    }

    private static void Same(string name, string member, JsonElement published, ObjectRule rule)
    {
        var ours = Assert.Single(rule.Members, m => m.Name == member);
        var where = $"{name}.{member}";
        if (member == "@context")
        {
            Assert.Equal(MemberKind.Context, ours.Kind);
            return;
        }

        Assert.Equal((where, PublishedSchema.IsArray(published)), (where, ours.Many));
        if (PublishedSchema.ClassOf(published) is { } contained && contained != "ProfileRef" && contained != "VerifiableCredential")
        {
            Assert.Equal((where, contained), (where, ours.Object));
            return;
        }

        var (words, extensible) = PublishedSchema.WordsOf(published);
        if (ours.Kind == MemberKind.Types)
        {
            Assert.Equal((where, string.Join(' ', PublishedSchema.NeededTypes(published))), (where, string.Join(' ', ours.Needed.Select(needed => string.Join("|", needed.Names)))));
            return;
        }

        Assert.Equal((where, string.Join(' ', words)), (where, string.Join(' ', (ours.Words ?? []).Order(StringComparer.Ordinal))));
        Assert.Equal((where, extensible), (where, ours.Extensible));
        Assert.Equal((where, Kind(published)), (where, ours.Kind));
    }

    private static MemberKind Kind(JsonElement published) => (PublishedSchema.ClassOf(published), PublishedSchema.OriginOf(published)) switch
    {
        ("ProfileRef", _) => MemberKind.ProfileOrUri,
        ("VerifiableCredential", _) => MemberKind.Credential,
        (_, "URI" or "URL") => MemberKind.Uri,
        (_, "IRI") => MemberKind.SingleType,
        (_, "DateTime" or "DateTimeZ") => MemberKind.DateTime,
        (_, "Date") => MemberKind.Date,
        (_, "Float") => MemberKind.Number,
        (_, "Boolean") => MemberKind.Boolean,
        (_, "LanguageCode") => MemberKind.Language,
        (_, "CompactJws") => MemberKind.CompactJws,
        (_, { } origin) when PublishedSchema.WordsOf(published).Words.Count > 0 => Word(origin),
        (_, "String" or "Markdown" or "Identifier" or "IdentityHash" or "PhoneNumber" or "EmailAddress" or "CountryCode") => MemberKind.Text,
        var (_, origin) => throw new InvalidOperationException($"The schema has an unknown kind of value: {origin}"),
    };

    private static MemberKind Word(string origin) =>
        origin is "AchievementType" or "AlignmentTargetType" or "ResultType" or "ResultStatusType" or "IdentifierTypeEnum" or "AssociationType" or "AssociationTypeEnum"
            ? MemberKind.Word
            : throw new InvalidOperationException($"The schema has an unknown enumeration: {origin}");
}
