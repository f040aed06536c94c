using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Walks a document along the tables of <see cref="OpenBadgeRules"/>.</summary>
internal sealed class ShapeCheck(FaultLog log)
{
    public void Object(JsonElement value, ObjectRule rule)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            log.Fault("model.wrong-kind", $"An object ({Plain(rule.Name)}) is needed here.");
            return;
        }

        var seen = 0UL;
        foreach (var member in value.EnumerateObject())
        {
            if (log.IsFull)
            {
                return;
            }

            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            var index = name.Contains((byte)'\\') ? rule.IndexOf(Encoding.UTF8.GetBytes(member.Name)) : rule.IndexOf(name);
            log.Enter(index >= 0 ? rule.Members[index].Name : member.Name);
            if (index >= 0)
            {
                seen |= 1UL << index;
                Member(member.Value, rule.Members[index], rule);
            }
            else if (rule.Closed)
            {
                log.Fault("model.unknown-member", $"{Plain(rule.Name)} has no member of this name, and none may be added.");
            }
            else
            {
                NoNull(member.Value);
            }

            log.Leave();
        }

        for (var i = 0; i < rule.Members.Length; i++)
        {
            if (rule.Members[i].Required && (seen & (1UL << i)) == 0)
            {
                log.Enter(rule.Members[i].Name);
                log.Fault("model.missing", $"{Plain(rule.Name)} needs {rule.Members[i].Name}.");
                log.Leave();
            }
        }

        rule.Beyond?.Invoke(log, value);
    }

    /// <summary>A credential inside another, by the model that its own types name.</summary>
    public void Credential(JsonElement value) => Object(value, CredentialKind.Of(value).Rule ?? OpenBadgeRules.Named("VerifiableCredential"));

    private static string Plain(string rule) => rule.EndsWith("v1p1", StringComparison.Ordinal) ? rule[..^4] : rule;

    private void Member(JsonElement value, MemberRule member, ObjectRule rule)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            log.Fault("model.null", "A member without a value is left out, not null.");
        }
        else if (member.Kind == MemberKind.Context)
        {
            ContextCheck.Check(log, value, rule.Contexts);
        }
        else if (member.Kind == MemberKind.Types)
        {
            Types(value, member);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            Array(value, member);
        }
        else
        {
            if (member.Many && !member.MayBeCompact)
            {
                log.Note("model.not-an-array", $"{member.Name} may repeat, so a single value belongs in an array too.");
            }

            Single(value, member);
        }
    }

    private void Array(JsonElement values, MemberRule member)
    {
        if (!member.Many)
        {
            if (member.Object != "CredentialStatus")
            {
                log.Fault("model.repeated", $"{member.Name} has one value, not an array.");
                return;
            }

            // VCDM 2.0 (REC 2025-05-15) 4.10 allows several where Open Badges 3.0 has one; revocation and suspension need two.
            log.Note("model.status-repeats", "Open Badges 3.0 knows one credentialStatus; several are allowed by the data model under it.");
        }

        if (values.GetArrayLength() == 0)
        {
            var message = $"{member.Name} without values is left out, not empty.";
            if (member.Required)
            {
                log.Fault("model.empty-array", message);
            }
            else
            {
                log.Note("model.empty-array", message);
            }
        }

        var index = 0;
        foreach (var value in values.EnumerateArray())
        {
            if (log.IsFull)
            {
                return;
            }

            log.Enter(index++);
            if (value.ValueKind == JsonValueKind.Null)
            {
                log.Fault("model.null", "A list holds no null.");
            }
            else
            {
                Single(value, member);
            }

            log.Leave();
        }
    }

    private void Single(JsonElement value, MemberRule member)
    {
        switch (member.Kind)
        {
            case MemberKind.Object:
                Object(value, member.IsEndorsement && CredentialKind.IsOlder(value) ? OpenBadgeRules.Named("EndorsementCredentialv1p1") : member.Contents);
                break;
            case MemberKind.Credential:
                Credential(value);
                break;
            case MemberKind.ProfileOrUri when value.ValueKind == JsonValueKind.Object:
                Object(value, OpenBadgeRules.Named("Profile"));
                break;
            case MemberKind.Number when value.ValueKind != JsonValueKind.Number:
                log.Fault("model.wrong-kind", $"{member.Name} is a number.");
                break;
            case MemberKind.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                log.Fault("model.wrong-kind", $"{member.Name} is true or false.");
                break;
            case MemberKind.Number or MemberKind.Boolean:
                break;
            case MemberKind.Text when value.ValueKind == JsonValueKind.Object:
                LanguageMap(value, member);
                break;
            default:
                if (value.ValueKind == JsonValueKind.String)
                {
                    Form(value, member);
                }
                else
                {
                    log.Fault("model.wrong-kind", $"{member.Name} is text.");
                }

                break;
        }
    }

    private void Form(JsonElement value, MemberRule member)
    {
        // Nearly all texts are free or URIs and hold no escape: they are judged where they stand.
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Contains((byte)'\\') || member.Kind is not (MemberKind.Text or MemberKind.Uri))
        {
            Form(value.GetString()!, member);
        }
        else if (member.Kind == MemberKind.Uri && !ValueForms.IsAbsoluteUri(raw[1..^1]))
        {
            NotUri(member);
        }
    }

    private void NotUri(MemberRule member) => log.Fault("model.not-a-uri", $"{member.Name} is an absolute URI.");

    private void Form(string text, MemberRule member)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            // JSON can say U+0000; most stores and displays behind it cannot, or end the text there.
            log.Fault("model.text", $"{member.Name} holds U+0000, which is not text.");
            return;
        }

        switch (member.Kind)
        {
            case MemberKind.Uri or MemberKind.ProfileOrUri when !ValueForms.IsAbsoluteUri(text):
                NotUri(member);
                break;
            case MemberKind.DateTime when !DateTimeStamp.TryParse(text, out _):
                log.Fault("model.date-form", $"{member.Name} is a date and time with an offset, such as 2026-03-14T15:09:26Z.");
                break;
            case MemberKind.Date when !ValueForms.IsDate(text):
                log.Fault("model.date-form", $"{member.Name} is a date, such as 2026-03-14.");
                break;
            case MemberKind.Language when !ValueForms.IsLanguage(text):
                log.Fault("model.language-form", $"{member.Name} is a language tag, such as en-US.");
                break;
            case MemberKind.CompactJws when !ValueForms.IsCompactJws(text):
                log.Fault("model.jws-form", $"{member.Name} is a JWS in compact form.");
                break;
            case MemberKind.Word when !member.Words!.Contains(text) && !(member.Extensible && OpenBadgeTerms.IsExtension(text)):
                log.Fault("model.unknown-word", $"The standard has no such {member.Name}{(member.Extensible ? "; own words start with ext:" : "")}.");
                break;
            case MemberKind.SingleType when member.Words is not null && !member.Words.Contains(text):
                log.Fault("model.type", $"The type here is {member.Words.First()}.");
                break;
        }
    }

    private void Types(JsonElement value, MemberRule member)
    {
        if (!TypeSet.IsTextOrTexts(value))
        {
            log.Fault("model.wrong-kind", "A type is text.");
            return;
        }

        foreach (var needed in member.Needed)
        {
            if (!TypeSet.HasOneOf(value, needed))
            {
                log.Fault("model.type", $"The types need {string.Join(" or ", needed)}.");
            }
        }
    }

    // The published JSON-LD schemas let a map of languages stand for a text, VCDM 2.0 (REC 2025-05-15) 11.1 a value object.
    private void LanguageMap(JsonElement value, MemberRule member)
    {
        var isValueObject = value.TryGetProperty("@value", out _);
        var texts = 0;
        foreach (var text in value.EnumerateObject())
        {
            var named = isValueObject ? text.Name is "@value" or "@language" or "@direction" : ValueForms.IsLanguageMapKey(text.Name);
            if (!named || text.Value.ValueKind != JsonValueKind.String || text.Value.GetString()!.Contains('\0', StringComparison.Ordinal))
            {
                log.Fault("model.wrong-kind", $"{member.Name} is text.");
                return;
            }

            texts++;
        }

        if (texts == 0)
        {
            log.Fault("model.wrong-kind", $"{member.Name} is text.");
            return;
        }

        log.Note("model.language-map", $"{member.Name} is in several languages; Open Badges 3.0 has one text.");
    }

    private void NoNull(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            log.Fault("model.null", "A member without a value is left out, not null.");
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                log.Enter(member.Name);
                NoNull(member.Value);
                log.Leave();
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                log.Enter(index++);
                NoNull(item);
                log.Leave();
            }
        }
    }
}
