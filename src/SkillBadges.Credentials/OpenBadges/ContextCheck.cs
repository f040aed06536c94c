using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Open Badges 3.0 B.1 and VCDM 2.0 (REC 2025-05-15) 4.3: an ordered set whose first items are the model's own.</summary>
internal static class ContextCheck
{
    public static void Check(FaultLog log, TapeValue value, IReadOnlyList<ContextRule> needed)
    {
        if (value.IsString && needed.Count == 1 && needed[0].Allows(value.String!))
        {
            // A set of one; VCDM 2.0 itself writes envelopes so.
            return;
        }

        if (!value.IsArray)
        {
            log.Fault("model.context", "@context is an ordered array.");
            return;
        }

        var index = 0;
        foreach (var context in value.Items)
        {
            log.Enter(index);
            if (context.Kind is not (TokenKind.String or TokenKind.Object))
            {
                log.Fault("model.context", "A context is a URL or an object.");
            }
            else if (index < needed.Count && !(context.IsString && needed[index].Allows(context.String!)))
            {
                log.Fault("model.context", $"Context {index + 1} has to be {needed[index].Start}{(needed[index].End is null ? "" : "…" + needed[index].End)}.");
            }
            else if (context.IsString && !ValueForms.IsAbsoluteUri(context.Text))
            {
                log.Fault("model.not-a-uri", "A context is an absolute URI.");
            }

            log.Leave();
            index++;
        }

        if (index < needed.Count)
        {
            log.Fault("model.context", $"@context needs {needed.Count} contexts of the model first.");
        }
    }
}
