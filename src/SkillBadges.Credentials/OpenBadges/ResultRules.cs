using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Open Badges 3.0 B.1.16-18: what a result names has to be part of the achievement that is asserted with it.</summary>
internal static class ResultRules
{
    public static void Check(FaultLog log, JsonElement subject)
    {
        var descriptions = Descriptions(log, subject);
        if (!subject.TryGetProperty("result", out var results))
        {
            return;
        }

        log.Enter("result");
        var all = new Lazy<HashSet<string>>(() => descriptions.Values.SelectMany(levels => levels).ToHashSet(StringComparer.Ordinal));
        var index = 0;
        foreach (var result in Items(results))
        {
            if (results.ValueKind == JsonValueKind.Array)
            {
                log.Enter(index++);
            }

            Result(log, result, descriptions, all);
            if (results.ValueKind == JsonValueKind.Array)
            {
                log.Leave();
            }
        }

        log.Leave();
    }

    private static void Result(FaultLog log, JsonElement result, Dictionary<string, HashSet<string>> descriptions, Lazy<HashSet<string>> all)
    {
        HashSet<string>? levels = null;
        if (CredentialMembers.Text(result, "resultDescription") is { } named && !descriptions.TryGetValue(named, out levels))
        {
            Fault(log, "resultDescription", "model.result-unresolved", "The achievement has no result description with this id.");
            return;
        }

        if (CredentialMembers.Text(result, "achievedLevel") is { } level && !(levels ?? all.Value).Contains(level))
        {
            Fault(log, "achievedLevel", "model.level-unresolved", "The result description has no level with this id.");
        }
    }

    private static Dictionary<string, HashSet<string>> Descriptions(FaultLog log, JsonElement subject)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        if (!subject.TryGetProperty("achievement", out var achievement) || achievement.ValueKind != JsonValueKind.Object
            || !achievement.TryGetProperty("resultDescription", out var descriptions))
        {
            return found;
        }

        log.Enter("achievement");
        log.Enter("resultDescription");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = -1;
        foreach (var description in Items(descriptions))
        {
            log.Enter(++index);
            var levels = new HashSet<string>(StringComparer.Ordinal);
            if (description.TryGetProperty("rubricCriterionLevel", out var all))
            {
                foreach (var level in Items(all))
                {
                    if (CredentialMembers.Text(level, "id") is { } id && !(ids.Add(id) && levels.Add(id)))
                    {
                        Fault(log, "rubricCriterionLevel", "model.duplicate-id", "Two parts of the achievement have the same id.");
                    }
                }
            }

            if (CredentialMembers.Text(description, "requiredLevel") is { } required && !levels.Contains(required))
            {
                Fault(log, "requiredLevel", "model.level-unresolved", "The result description has no level with this id.");
            }

            if (CredentialMembers.Text(description, "id") is { } own && !(ids.Add(own) && found.TryAdd(own, levels)))
            {
                Fault(log, "id", "model.duplicate-id", "Two parts of the achievement have the same id.");
            }

            log.Leave();
        }

        log.Leave();
        log.Leave();
        return found;
    }

    private static void Fault(FaultLog log, string member, string code, string message)
    {
        log.Enter(member);
        log.Fault(code, message);
        log.Leave();
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
