using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

public sealed class DifferenceTests
{
    private static readonly BadgeDefinition bench = Drafts.Read(BadgeFiles.Bench).Badge;

    [Fact]
    public void Nothing_changed_between_the_same_contents() => Assert.Empty(Difference.Between(bench, Drafts.Read(BadgeFiles.Bench).Badge));

    [Fact]
    public void A_changed_word_is_told_with_its_place_in_peoples_words()
    {
        var change = Assert.Single(Difference.Between(bench, Edited("Files a block flat and square", "Files a block flat and parallel")));

        Assert.Equal(("competencies/filing/statement", "Skill \u201cFiling\u201d: what is done", PassageChangeKind.Changed), (change.Path, change.Label, change.Kind));
        Assert.Equal(
            [new(WordChange.Same, "Files a block flat and"), new(WordChange.Removed, "square"), new(WordChange.Added, "parallel"), new(WordChange.Same, "to a drawing.")], change.Words.ToArray());
    }

    [Fact]
    public void Every_member_of_a_badge_has_a_name_in_peoples_words()
    {
        var members = MembersOf(typeof(BadgeDefinition), []).Distinct().Except(["slug", "version", "contentHash"]);

        var nameless = string.Join(", ", members.Where(member => !PassageWords.IsNamed(member)));

        Assert.True(nameless.Length == 0, nameless);
    }

    [Fact]
    public void Skills_that_change_places_are_told_once()
    {
        var turned = bench with { Competencies = [bench.Competencies[1], bench.Competencies[0], .. bench.Competencies.Skip(2)] };

        var change = Assert.Single(Difference.Between(bench, turned));
        Assert.Equal((PassageChangeKind.Reordered, "drilling, filing, tapping, measuring"), (change.Kind, change.After));
        Assert.Equal(turned.Competencies.Select(skill => skill.Name), change.Names);
    }

    [Fact]
    public void A_new_skill_is_told_by_its_passages_and_moves_nothing()
    {
        var more = bench with { Competencies = bench.Competencies.Insert(0, bench.Competencies[0] with { Id = "sawing", Name = "Sawing" }) };

        var changes = Difference.Between(bench, more);
        Assert.All(changes, change => Assert.Equal((PassageChangeKind.Added, true), (change.Kind, change.Path.StartsWith("competencies/sawing/", StringComparison.Ordinal))));
        Assert.Contains(changes, change => change.Path == "competencies/sawing/levels/proficient");
    }

    [Fact]
    public void Every_member_that_the_content_hash_covers_is_seen()
    {
        var whole = Drafts.Read(BadgeFiles.Way).Badge;
        var json = JsonSerializer.SerializeToNode(whole, DocumentJson.Options)!.AsObject();
        var seen = 0;
        foreach (var leaf in Leaves(json).ToList())
        {
            var copy = json.DeepClone();
            if (Changed(copy, leaf) is not { } other || DefinitionHash(other) == DefinitionHash(whole) || other.Slug != whole.Slug)
            {
                continue;
            }

            seen++;
            Assert.True(Difference.Between(whole, other).Length > 0, $"A change at {leaf} is in the hash but not in the difference.");
        }

        Assert.True(seen > 60, $"Only {seen} members were changed.");
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("a b c", "a b c", "=a b c")]
    [InlineData("a b c", "a c", "=a -b =c")]
    [InlineData("", "a b", "+a b")]
    [InlineData("a b", "b a", "-a =b +a")]
    public void Words_are_compared_by_their_longest_common_row(string before, string after, string expected) => Assert.Equal(
        expected,
        string.Join(' ', WordChanges.Between(before, after).Select(run => (run.Change switch { WordChange.Same => "=", WordChange.Added => "+", _ => "-" }) + run.Text)));

    [Fact]
    public void Texts_too_long_to_compare_are_one_removed_and_one_added()
    {
        var changes = WordChanges.Between(string.Concat(Enumerable.Repeat("a ", 3000)), string.Concat(Enumerable.Repeat("b ", 3000)));
        Assert.Equal([WordChange.Removed, WordChange.Added], changes.Select(run => run.Change));
    }

    private static BadgeDefinition Edited(string old, string now) => Drafts.Read(BadgeFiles.Bench.Replace(old, now, StringComparison.Ordinal)).Badge;

    private static Sha256Digest DefinitionHash(BadgeDefinition badge) => badge.Publish(1).ContentHash;

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value)),
        JsonArray items => items.SelectMany(Leaves),
        null => [],
        _ => [node.GetPath()],
    };

    // The badge with another value at one place; null where there is no other value that can be read.
    private static BadgeDefinition? Changed(JsonNode root, string path)
    {
        var leaf = Find(root, path).AsValue();
        JsonNode other = leaf.GetValueKind() switch
        {
            JsonValueKind.String => leaf.GetValue<string>() + "x",
            JsonValueKind.Number => leaf.GetValue<int>() + 1,
            JsonValueKind.True => false,
            _ => true,
        };
        leaf.ReplaceWith(other);
        try
        {
            return JsonSerializer.Deserialize<BadgeDefinition>(Encoding.UTF8.GetBytes(root.ToJsonString()), DocumentJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> MembersOf(Type type, HashSet<Type> seen) => type switch
    {
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(inner => MembersOf(inner, seen)),
        _ when type.Assembly == typeof(BadgeDefinition).Assembly && seen.Add(type) =>
            DocumentJson.Options.GetTypeInfo(type).Properties.Where(member => member.Get is not null).SelectMany(member => MembersOf(member.PropertyType, seen).Prepend(member.Name)),
        _ => [],
    };

    private static JsonNode Find(JsonNode node, string path)
    {
        if (node.GetPath() == path)
        {
            return node;
        }

        var children = node is JsonObject members ? members.Select(member => member.Value) : node is JsonArray items ? items : [];
        return Find(children.First(child => child is not null && (path == child.GetPath() || path.StartsWith(child.GetPath() + ".", StringComparison.Ordinal) || path.StartsWith(child.GetPath() + "[", StringComparison.Ordinal)))!, path);
    }
}
