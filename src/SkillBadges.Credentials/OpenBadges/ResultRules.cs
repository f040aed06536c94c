using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Open Badges 3.0 B.1.16-18: what a result names has to be part of the achievement that is asserted with it.</summary>
internal static class ResultRules
{
    public static void Check(ShapeCheck check, JsonElement subject)
    {
        var descriptions = Descriptions(check, subject);
        if (!subject.TryGetProperty("result", out var results))
        {
            return;
        }

        check.Enter("result");
        var all = descriptions.Values.SelectMany(levels => levels).ToHashSet(StringComparer.Ordinal);
        var index = 0;
        foreach (var result in Items(results))
        {
            if (results.ValueKind == JsonValueKind.Array)
            {
                check.Enter(index++);
            }

            Result(check, result, descriptions, all);
            if (results.ValueKind == JsonValueKind.Array)
            {
                check.Leave();
            }
        }

        check.Leave();
    }

    private static void Result(ShapeCheck check, JsonElement result, Dictionary<string, HashSet<string>> descriptions, HashSet<string> all)
    {
        HashSet<string>? levels = null;
        if (CredentialMembers.Text(result, "resultDescription") is { } named && !descriptions.TryGetValue(named, out levels))
        {
            Fault(check, "resultDescription", "model.result-unresolved", "The achievement has no result description with this id.");
            return;
        }

        if (CredentialMembers.Text(result, "achievedLevel") is { } level && !(levels ?? all).Contains(level))
        {
            Fault(check, "achievedLevel", "model.level-unresolved", "The result description has no level with this id.");
        }
    }

    private static Dictionary<string, HashSet<string>> Descriptions(ShapeCheck check, JsonElement subject)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        if (!subject.TryGetProperty("achievement", out var achievement) || achievement.ValueKind != JsonValueKind.Object
            || !achievement.TryGetProperty("resultDescription", out var descriptions))
        {
            return found;
        }

        check.Enter("achievement");
        check.Enter("resultDescription");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = -1;
        foreach (var description in Items(descriptions))
        {
            check.Enter(++index);
            var levels = new HashSet<string>(StringComparer.Ordinal);
            if (description.TryGetProperty("rubricCriterionLevel", out var all))
            {
                foreach (var level in Items(all))
                {
                    if (CredentialMembers.Text(level, "id") is { } id && !(ids.Add(id) && levels.Add(id)))
                    {
                        Fault(check, "rubricCriterionLevel", "model.duplicate-id", "Two parts of the achievement have the same id.");
                    }
                }
            }

            if (CredentialMembers.Text(description, "requiredLevel") is { } required && !levels.Contains(required))
            {
                Fault(check, "requiredLevel", "model.level-unresolved", "The result description has no level with this id.");
            }

            if (CredentialMembers.Text(description, "id") is { } own && !(ids.Add(own) && found.TryAdd(own, levels)))
            {
                Fault(check, "id", "model.duplicate-id", "Two parts of the achievement have the same id.");
            }

            check.Leave();
        }

        check.Leave();
        check.Leave();
        return found;
    }

    private static void Fault(ShapeCheck check, string member, string code, string message)
    {
        check.Enter(member);
        check.Fault(code, message);
        check.Leave();
    }

    private static IEnumerable<JsonElement> Items(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object);
        }

        return value.ValueKind == JsonValueKind.Object ? [value] : [];
    }
}
