using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Open Badges 3.0 B.1.16-18: what a result names has to be part of the achievement that is asserted with it.</summary>
internal static class ResultRules
{
    public static void Check(FaultLog log, TapeValue subject)
    {
        var parts = new AchievementParts(subject.Tape);
        ReadDescriptions(log, subject.Find("achievement"u8).Find("resultDescription"u8), parts);
        var results = subject.Find("result"u8);
        log.Enter("result");
        var index = 0;
        foreach (var result in results.Items)
        {
            if (!result.IsObject)
            {
                continue;
            }

            if (results.IsArray)
            {
                log.Enter(index++);
            }

            Result(log, result, parts);
            if (results.IsArray)
            {
                log.Leave();
            }
        }

        log.Leave();
    }

    private static void Result(FaultLog log, TapeValue result, AchievementParts parts)
    {
        var description = AchievementParts.Any;
        if (result.Find("resultDescription"u8) is { IsString: true } named && !parts.IsDescription(named, out description))
        {
            Fault(log, "resultDescription", "model.result-unresolved", "The achievement has no result description with this id.");
            return;
        }

        if (result.Find("achievedLevel"u8) is { IsString: true } level && !parts.IsLevel(level, description))
        {
            Fault(log, "achievedLevel", "model.level-unresolved", "The result description has no level with this id.");
        }
    }

    private static void ReadDescriptions(FaultLog log, TapeValue descriptions, AchievementParts parts)
    {
        log.Enter("achievement");
        log.Enter("resultDescription");
        var index = -1;
        foreach (var description in descriptions.Items)
        {
            if (!description.IsObject)
            {
                continue;
            }

            log.Enter(++index);
            foreach (var level in description.Find("rubricCriterionLevel"u8).Items)
            {
                if (level.Find("id"u8) is { IsString: true } id && !parts.AddLevel(id, index))
                {
                    Fault(log, "rubricCriterionLevel", "model.duplicate-id", "Two parts of the achievement have the same id.");
                }
            }

            if (description.Find("requiredLevel"u8) is { IsString: true } required && !parts.IsLevel(required, index))
            {
                Fault(log, "requiredLevel", "model.level-unresolved", "The result description has no level with this id.");
            }

            if (description.Find("id"u8) is { IsString: true } own && !parts.AddDescription(own, index))
            {
                Fault(log, "id", "model.duplicate-id", "Two parts of the achievement have the same id.");
            }

            log.Leave();
        }

        log.Leave();
        log.Leave();
    }

    private static void Fault(FaultLog log, string member, string code, string message)
    {
        log.Enter(member);
        log.Fault(code, message);
        log.Leave();
    }

    /// <summary>The result descriptions of an achievement, by their place in it, and their levels. An id belongs to whoever had it first.</summary>
    private sealed class AchievementParts(TokenTape tape)
    {
        /// <summary>Stands for every description.</summary>
        public const int Any = -1;

        // A description has its place times two, its levels one more.
        private readonly TokenMap parts = new(tape);
        private readonly HashSet<int> named = [];

        public bool AddLevel(TapeValue id, int description) => parts.TryAdd(id.Token, (description * 2) + 1);

        public bool AddDescription(TapeValue id, int description) => parts.TryAdd(id.Token, description * 2) && named.Add(description);

        public bool IsDescription(TapeValue id, out int description)
        {
            var part = parts[id.Token];
            description = part / 2;
            return part >= 0 && part % 2 == 0;
        }

        /// <summary>Whether it is a level of this description, or of any that has an id of its own.</summary>
        public bool IsLevel(TapeValue id, int description)
        {
            var part = parts[id.Token];
            return part >= 0 && part % 2 == 1 && (description == Any ? named.Contains(part / 2) : part / 2 == description);
        }
    }
}
