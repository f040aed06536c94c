using System.Numerics;
using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Walks a document along the tables of <see cref="OpenBadgeRules"/>.</summary>
internal sealed class ShapeCheck(FaultLog log)
{
    public void Object(TapeValue value, ObjectRule rule)
    {
        if (!value.IsObject)
        {
            log.Fault("model.wrong-kind", $"An object ({Plain(rule.Name)}) is needed here.");
            return;
        }

        var seen = 0UL;
        foreach (var member in value.Members)
        {
            if (log.IsFull)
            {
                return;
            }

            var index = rule.IndexOf(member.Name, member.Hash);
            log.Enter(index >= 0 ? rule.Members[index].Name : Encoding.UTF8.GetString(member.Name));
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

        for (var missing = rule.Required & ~seen; missing != 0; missing &= missing - 1)
        {
            var name = rule.Members[BitOperations.TrailingZeroCount(missing)].Name;
            log.Enter(name);
            log.Fault("model.missing", $"{Plain(rule.Name)} needs {name}.");
            log.Leave();
        }

        rule.Beyond?.Invoke(log, value);
    }

    /// <summary>A credential inside another, by the model that its own types name.</summary>
    public void Credential(TapeValue value) => Object(value, CredentialKind.Of(value).Rule ?? OpenBadgeRules.Named("VerifiableCredential"));

    private static string Plain(string rule) => rule.EndsWith("v1p1", StringComparison.Ordinal) ? rule[..^4] : rule;

    private void Member(TapeValue value, MemberRule member, ObjectRule rule)
    {
        if (value.Kind == TokenKind.Null)
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
        else if (value.IsArray)
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

    private void Array(TapeValue values, MemberRule member)
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

        if (values.Count == 0)
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
        foreach (var value in values.Items)
        {
            if (log.IsFull)
            {
                return;
            }

            log.Enter(index++);
            if (value.Kind == TokenKind.Null)
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

    private void Single(TapeValue value, MemberRule member)
    {
        switch (member.Kind)
        {
            case MemberKind.Object:
                Object(value, member.IsEndorsement && CredentialKind.IsOlder(value) ? OpenBadgeRules.Named("EndorsementCredentialv1p1") : member.Contents);
                break;
            case MemberKind.Credential:
                Credential(value);
                break;
            case MemberKind.ProfileOrUri when value.IsObject:
                Object(value, OpenBadgeRules.Named("Profile"));
                break;
            case MemberKind.Number when value.Kind != TokenKind.Number:
                log.Fault("model.wrong-kind", $"{member.Name} is a number.");
                break;
            case MemberKind.Boolean when value.Kind is not (TokenKind.True or TokenKind.False):
                log.Fault("model.wrong-kind", $"{member.Name} is true or false.");
                break;
            case MemberKind.Number or MemberKind.Boolean:
                break;
            case MemberKind.Text when value.IsObject:
                LanguageMap(value, member);
                break;
            default:
                if (value.IsString)
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

    private void Form(TapeValue value, MemberRule member)
    {
        var text = value.Text;
        if (value.IsEscaped && text.Contains((byte)0))
        {
            // JSON can say U+0000; most stores and displays behind it cannot, or end the text there.
            log.Fault("model.text", $"{member.Name} holds U+0000, which is not text.");
            return;
        }

        switch (member.Kind)
        {
            case MemberKind.Uri or MemberKind.ProfileOrUri when !ValueForms.IsAbsoluteUri(text):
                log.Fault("model.not-a-uri", $"{member.Name} is an absolute URI.");
                break;
            case MemberKind.DateTime when !DateTimeStamp.TryParse(text, out _):
                log.Fault("model.date-form", $"{member.Name} is a date and time with an offset, such as 2026-03-14T15:09:26Z.");
                break;
            case MemberKind.Date when !ValueForms.IsDate(value.String!):
                log.Fault("model.date-form", $"{member.Name} is a date, such as 2026-03-14.");
                break;
            case MemberKind.Language when !ValueForms.IsLanguage(value.String!):
                log.Fault("model.language-form", $"{member.Name} is a language tag, such as en-US.");
                break;
            case MemberKind.CompactJws when !ValueForms.IsCompactJws(value.String!):
                log.Fault("model.jws-form", $"{member.Name} is a JWS in compact form.");
                break;
            case MemberKind.Word when !member.IsWord(text) && !(member.Extensible && OpenBadgeTerms.IsExtension(value.String!)):
                log.Fault("model.unknown-word", $"The standard has no such {member.Name}{(member.Extensible ? "; own words start with ext:" : "")}.");
                break;
            case MemberKind.SingleType when member.Words is not null && !member.IsWord(text):
                log.Fault("model.type", $"The type here is {member.Words.First()}.");
                break;
        }
    }

    private void Types(TapeValue value, MemberRule member)
    {
        if (!TypeSet.IsTextOrTexts(value))
        {
            log.Fault("model.wrong-kind", "A type is text.");
            return;
        }

        foreach (var needed in member.Needed)
        {
            if (!needed.IsIn(value))
            {
                log.Fault("model.type", $"The types need {string.Join(" or ", needed.Names)}.");
            }
        }
    }

    // The published JSON-LD schemas let a map of languages stand for a text, VCDM 2.0 (REC 2025-05-15) 11.1 a value object.
    private void LanguageMap(TapeValue value, MemberRule member)
    {
        var isValueObject = value.Find("@value"u8).Exists;
        var texts = 0;
        foreach (var text in value.Members)
        {
            var name = Encoding.UTF8.GetString(text.Name);
            var named = isValueObject ? name is "@value" or "@language" or "@direction" : ValueForms.IsLanguageMapKey(name);
            if (!named || !text.Value.IsString || text.Value.Text.Contains((byte)0))
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

    private void NoNull(TapeValue value)
    {
        if (value.Kind == TokenKind.Null)
        {
            log.Fault("model.null", "A member without a value is left out, not null.");
        }
        else if (value.IsObject)
        {
            foreach (var member in value.Members)
            {
                log.Enter(Encoding.UTF8.GetString(member.Name));
                NoNull(member.Value);
                log.Leave();
            }
        }
        else if (value.IsArray)
        {
            var index = 0;
            foreach (var item in value.Items)
            {
                log.Enter(index++);
                NoNull(item);
                log.Leave();
            }
        }
    }
}
