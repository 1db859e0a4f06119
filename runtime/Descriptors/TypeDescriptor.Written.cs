namespace Bitrix24.Infrastructure;

/// <content>What decides whether an object that typed code writes may break a rule.</content>
public sealed partial class TypeDescriptor
{
    private WrittenFacts? _written;

    internal WrittenFacts Written => _written ??= new(FieldArray);

    internal sealed class WrittenFacts
    {
        public WrittenFacts(FieldDescriptor[] fields)
        {
            HasScalarsOnly = true;
            for (var i = 0; i < fields.Length; i++)
            {
                var mayLack = AbsenceValidator<WrittenScalar>.MayLack(fields[i]);
                if (mayLack && i < WriteCheck.MostFields)
                    MayLack |= 1UL << i;
                IsUnsure |= (mayLack && i >= WriteCheck.MostFields) || fields[i].Rules?.Call is not null;
                HasScalarsOnly &= (fields[i].RuleSet & RuleSet.Scalar) != 0;
            }
        }

        /// <summary>Fields that break a rule, or may break one, by not being given, by their indexes.</summary>
        public ulong MayLack { get; }

        /// <summary>There are such fields beyond those that have a bit, or fields that hold calls.</summary>
        public bool IsUnsure { get; }

        /// <summary>There are no objects or lists in it.</summary>
        public bool HasScalarsOnly { get; }
    }
}
